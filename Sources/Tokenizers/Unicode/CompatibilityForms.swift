// Made by fixtures/tokenizers/make_unicode.py; not to be edited by hand.

/// Compatibility decompositions as `tokenizers` has them, Unicode 9 (Unicode Standard Annex 15).
enum CompatibilityForms {
    /// Full compatibility decompositions where they differ from the canonical ones; base 36.
    static let decompositions: StaticString = """
        4g,1,w 4o,1,w,lk 4q,1,2p 4v,1,w,lg 4y,2,1e 50,1,w,ld 51,1,qk 54,1,w,mf 55,1,1d 56,1,33 58,1,1d,6dg,1g 59,1,1d,6d\
        g,1e 5a,1,1f,6dg,1g 8i,1,21,22 8j,1,2x,2y 8v,1,24,53 8w,1,30,53 95,1,jg,32 an,1,37 ck,1,1w,2i,lo cl,1,1w,3e,lo c\
        m,1,2s,3e,lo cn,1,24,22 co,1,24,2y cp,1,30,2y cq,1,26,22 cr,1,26,2y cs,1,32,2y dt,1,1w,2i du,1,1w,3e dv,1,2s,3e \
        j4,1,2w j5,1,h2 j6,1,2y j7,1,36 j8,1,hl j9,1,hn ja,1,ht jb,1,3b jc,1,3d k8,1,w,li k9,1,w,lj ka,1,w,lm kb,1,w,mg \
        kc,1,w,lf kd,1,w,ln kg,1,gz kh,1,30 ki,1,37 kj,1,3c kk,1,id oq,1,w,n9 p0,1,w,ld p1,1,w,lk,ld r4,1,qa r5,1,qg r6,\
        1,px r7,1,px,ld r8,1,px,lk r9,1,qu ra,1,qo s0,1,qi s1,2,qp s4,1,pk s5,1,qd s9,1,pv 13b,1,12d,136 19x,1,17r,19w 1\
        9y,1,18o,19w 19z,1,1c7,19w 1a0,1,18q,19w 2sz,1,2tp,2sy 2wj,1,2x9,2wi 2xo,1,2wb,2vt 2xp,1,2wb,2w1 2z0,1,2yz 31z,1\
        ,33m,31t,328 321,1,33n,31t,328 3cs,1,3bw 5rg,1,1t 5rh,1,5i 5ri,1,1u 5rk,2,1w 5rm,1,b2 5rn,8,1z 5rw,1,27 5rx,1,f6\
         5ry,1,28 5rz,1,2a 5s0,2,2c 5s2,1,2f 5s3,1,2p 5s4,2,gg 5s6,1,5qa 5s7,1,2q 5s8,2,2s 5sa,1,gp 5sb,2,gr 5sd,1,2v 5s\
        f,1,2z 5sg,1,31 5sh,1,97 5si,1,33 5sj,1,gk 5sk,2,5qu 5sm,1,34 5sn,2,38 5sp,1,5r1 5sq,1,hb 5sr,1,3a 5ss,1,5r9 5st\
        ,3,qa 5sw,2,qu 5sy,1,2x 5sz,1,36 5t0,2,39 5t2,2,qa 5t4,1,qp 5t5,2,qu 5tk,1,u5 5uj,1,gi 5uk,1,2r 5ul,1,gl 5um,1,6\
        o 5un,1,gs 5uo,1,2u 5up,1,gv 5uq,1,gx 5ur,1,h1 5us,3,h4 5uv,1,5tn 5uw,1,il 5ux,1,h9 5uy,1,5tx 5uz,1,in 5v0,1,hd \
        5v1,1,hc 5v2,4,he 5v6,1,hk 5v7,2,hu 5v9,1,bv 5va,2,i1 5vc,1,5r0 5vd,2,i3 5vf,1,3e 5vg,3,i8 5vj,1,qg 61m,1,2p,ji \
        61n,1,37,lj 69p,1,w,lv 69r,1,w,lv 69s,1,w,n6 69t,1,w,lk,n6 6a5,1,w,lv,lc 6a6,1,w,lv,ld 6a7,1,w,lv,n6 6al,1,w,lw,\
        lc 6am,1,w,lw,ld 6an,1,w,lw,n6 6b1,1,w,lk,lc 6b2,1,w,lk,ld 6bh,1,w,ld 6bi,1,w,lw 6bk,1,w 6bl,1,w 6bm,1,w 6bn,1,w\
         6bo,1,w 6bp,1,w 6bq,1,w 6br,1,w 6bs,1,w 6bt,1,w 6bu,1,w 6c1,1,6c0 6c7,1,w,mr 6ck,1,1a 6cl,1,1a,1a 6cm,1,1a,1a,1\
        a 6cv,1,w 6cz,1,6cy,6cy 6d0,1,6cy,6cy,6cy 6d2,1,6d1,6d1 6d3,1,6d1,6d1,6d1 6d8,1,x,x 6da,1,w,lh 6dj,1,1r,1r 6dk,1\
        ,1r,x 6dl,1,x,1r 6dz,1,6cy,6cy,6cy,6cy 6e7,1,w 6eo,1,1c 6ep,1,2x 6es,6,1g 6ey,1,17 6ez,1,6qa 6f0,1,1p 6f1,2,14 6\
        f3,1,32 6f4,a,1c 6fe,1,17 6ff,1,6qa 6fg,1,1p 6fh,2,14 6fk,1,2p 6fl,1,2t 6fm,1,33 6fn,1,3c 6fo,1,gp 6fp,1,2w 6fq,\
        4,2z 6fu,1,34 6fv,2,37 6g8,1,2a,37 6io,1,2p,1b,2r 6ip,1,2p,1b,37 6iq,1,1v 6ir,1,4w,1v 6it,1,2r,1b,33 6iu,1,2r,1b\
        ,39 6iv,1,b4 6ix,1,4w,1y 6iy,1,2v 6iz,1,20 6j0,1,20 6j1,1,20 6j2,1,2w 6j3,1,87 6j4,1,21 6j5,1,21 6j6,1,24 6j7,1,\
        30 6j9,1,26 6ja,1,26,33 6jd,3,28 6jg,1,2a 6jh,1,2a 6jk,1,2b,25 6jl,1,2c,1x,24 6jm,1,2c,25 6jo,1,2i 6js,1,2i 6jw,\
        2,1u 6jz,1,2t 6k0,2,1x 6k3,1,25 6k4,1,33 6k5,4,15c 6k9,1,2x 6kb,1,1y,1t,2g 6kc,1,qo 6kd,1,qb 6ke,1,pf 6kf,1,ps 6\
        kg,1,6q9 6kl,1,1w 6km,2,2s 6ko,2,2x 6kw,1,1d,6dg,1j 6kx,1,1d,6dg,1l 6ky,1,1d,6dg,1d,1c 6kz,2,1d,6dg,1f 6l1,4,1d,\
        6dg,1h 6l5,1,1d,6dg,1i 6l6,1,1h,6dg,1i 6l7,1,1d,6dg,1k 6l8,1,1f,6dg,1k 6l9,1,1h,6dg,1k 6la,1,1j,6dg,1k 6lb,1,1d,\
        6dg 6lc,1,21 6ld,1,21,21 6le,1,21,21,21 6lf,1,21,2e 6lg,1,2e 6lh,1,2e,21 6li,1,2e,21,21 6lj,1,2e,21,21,21 6lk,1,\
        21,2g 6ll,1,2g 6lm,1,2g,21 6ln,1,2g,21,21 6lo,1,24 6lp,2,1v 6lr,1,25 6ls,1,2x 6lt,1,2x,2x 6lu,1,2x,2x,2x 6lv,1,2\
        x,3a 6lw,1,3a 6lx,1,3a,2x 6ly,1,3a,2x,2x 6lz,1,3a,2x,2x,2x 6m0,1,2x,3c 6m1,1,3c 6m2,1,3c,2x 6m3,1,3c,2x,2x 6m4,1\
        ,30 6m5,2,2r 6m7,1,31 6mh,1,1c,6dg,1f 6r0,1,6qz,6qz 6r1,1,6qz,6qz,6qz 6r3,1,6r2,6r2 6r4,1,6r2,6r2,6r2 76o,9,1d 7\
        6x,1,1d,1c 76y,1,1d,1d 76z,1,1d,1e 770,1,1d,1f 771,1,1d,1g 772,1,1d,1h 773,1,1d,1i 774,1,1d,1j 775,1,1d,1k 776,1\
        ,1d,1l 777,1,1e,1c 778,1,14,1d,15 779,1,14,1e,15 77a,1,14,1f,15 77b,1,14,1g,15 77c,1,14,1h,15 77d,1,14,1i,15 77e\
        ,1,14,1j,15 77f,1,14,1k,15 77g,1,14,1l,15 77h,1,14,1d,1c,15 77i,1,14,1d,1d,15 77j,1,14,1d,1e,15 77k,1,14,1d,1f,1\
        5 77l,1,14,1d,1g,15 77m,1,14,1d,1h,15 77n,1,14,1d,1i,15 77o,1,14,1d,1j,15 77p,1,14,1d,1k,15 77q,1,14,1d,1l,15 77\
        r,1,14,1e,1c,15 77s,9,1d,1a 781,1,1d,1c,1a 782,1,1d,1d,1a 783,1,1d,1e,1a 784,1,1d,1f,1a 785,1,1d,1g,1a 786,1,1d,\
        1h,1a 787,1,1d,1i,1a 788,1,1d,1j,1a 789,1,1d,1k,1a 78a,1,1d,1l,1a 78b,1,1e,1c,1a 78c,1,14,2p,15 78d,1,14,2q,15 7\
        8e,1,14,2r,15 78f,1,14,2s,15 78g,1,14,2t,15 78h,1,14,2u,15 78i,1,14,2v,15 78j,1,14,2w,15 78k,1,14,2x,15 78l,1,14\
        ,2y,15 78m,1,14,2z,15 78n,1,14,30,15 78o,1,14,31,15 78p,1,14,32,15 78q,1,14,33,15 78r,1,14,34,15 78s,1,14,35,15 \
        78t,1,14,36,15 78u,1,14,37,15 78v,1,14,38,15 78w,1,14,39,15 78x,1,14,3a,15 78y,1,14,3b,15 78z,1,14,3c,15 790,1,1\
        4,3d,15 791,1,14,3e,15 792,q,1t 79s,q,2p 7ai,1,1c 8b0,1,6qz,6qz,6qz,6qz 8dw,1,1m,1m,1p 8dx,1,1p,1p 8dy,1,1p,1p,1\
        p 8sc,1,2y 8sd,1,2e 8z3,1,8yp 97j,1,lal 99v,1,vj3 9a8,1,feo 9a9,1,ffs 9aa,1,fg6 9ab,1,fgf 9ac,1,fh5 9ad,1,fid 9a\
        e,1,fik 9af,1,fj4 9ag,1,fju 9ah,1,g1r 9ai,1,g2t 9aj,1,g2z 9ak,1,g3m 9al,1,g46 9am,1,g4r 9an,1,g68 9ao,1,g6t 9ap,\
        1,g74 9aq,1,gbf 9ar,1,ge1 9as,1,get 9at,1,gey 9au,1,gfs 9av,1,gg1 9aw,1,ggs 9ax,1,gh5 9ay,1,ghu 9az,1,gja 9b0,1,\
        gjs 9b1,1,gkj 9b2,1,h5j 9b3,1,h7j 9b4,1,hkb 9b5,1,hky 9b6,1,hl6 9b7,1,hlh 9b8,1,hlz 9b9,1,ho3 9ba,1,i1c 9bb,1,i2\
        o 9bc,1,i60 9bd,1,i6n 9be,1,i76 9bf,1,i7s 9bg,1,i9a 9bh,1,i9d 9bi,1,ijf 9bj,1,ijp 9bk,1,ik1 9bl,1,ike 9bm,1,inm \
        9bn,1,inu 9bo,1,inz 9bp,1,ir8 9bq,1,iri 9br,1,irv 9bs,1,is3 9bt,1,its 9bu,1,iu9 9bv,1,iur 9bw,1,iwz 9bx,1,jd4 9b\
        y,1,jee 9bz,1,jez 9c0,1,jzj 9c1,1,jzo 9c2,1,k1z 9c3,1,k2f 9c4,1,k2s 9c5,1,k3d 9c6,1,k4g 9c7,1,k4l 9c8,1,kc0 9c9,\
        1,kco 9ca,1,kdk 9cb,1,l5s 9cc,1,l7m 9cd,1,l89 9ce,1,l9v 9cf,1,laj 9cg,1,las 9ch,1,laz 9ci,1,lcf 9cj,1,lck 9ck,1,\
        ldg 9cl,1,m7f 9cm,1,mju 9cn,1,mk6 9co,1,mkb 9cp,1,mkf 9cq,1,mkn 9cr,1,ml5 9cs,1,ml7 9ct,1,mng 9cu,1,mtg 9cv,1,mt\
        l 9cw,1,n30 9cx,1,n3a 9cy,1,n4o 9cz,1,n4v 9d0,1,n54 9d1,1,n5c 9d2,1,n7v 9d3,1,n82 9d4,1,nee 9d5,1,nel 9d6,1,nfy \
        9d7,1,ngf 9d8,1,nhq 9d9,1,nob 9da,1,noi 9db,1,noz 9dc,1,ny2 9dd,1,o1k 9de,1,o1q 9df,1,o6s 9dg,1,o97 9dh,1,oah 9d\
        i,1,okz 9dj,1,ooo 9dk,1,p4m 9dl,1,p5d 9dm,1,p6y 9dn,1,p8d 9do,1,pa9 9dp,1,pak 9dq,1,paq 9dr,1,pbn 9ds,1,pdr 9dt,\
        1,pe1 9du,1,pnn 9dv,1,pnu 9dw,1,po3 9dx,1,poc 9dy,1,pos 9dz,1,pp7 9e0,1,ppb 9e1,1,pri 9e2,1,prm 9e3,1,prs 9e4,1,\
        qj1 9e5,1,qjv 9e6,1,qww 9e7,1,qx8 9e8,1,qxv 9e9,1,r5q 9ea,1,r63 9eb,1,r82 9ec,1,r9c 9ed,1,rp3 9ee,1,rpi 9ef,1,rp\
        x 9eg,1,rqw 9eh,1,rrx 9ei,1,rxg 9ej,1,rxs 9ek,1,rzn 9el,1,s6j 9em,1,s7e 9en,1,sd7 9eo,1,sds 9ep,1,sdx 9eq,1,sk1 \
        9er,1,sp5 9es,1,ssm 9et,1,sss 9eu,1,ssx 9ev,1,tiv 9ew,1,tj4 9ex,1,tng 9ey,1,trq 9ez,1,trt 9f0,1,tt4 9f1,1,tw1 9f\
        2,1,twe 9f3,1,twi 9f4,1,twp 9f5,1,tzf 9f6,1,u0d 9f7,1,u0j 9f8,1,u0x 9f9,1,u5k 9fa,1,u6z 9fb,1,u73 9fc,1,uc6 9fd,\
        1,uc9 9fe,1,ucs 9ff,1,ujs 9fg,1,ul4 9fh,1,ulb 9fi,1,un9 9fj,1,unj 9fk,1,unm 9fl,1,unw 9fm,1,uoq 9fn,1,uzp 9fo,1,\
        vat 9fp,1,vb3 9fq,1,vc5 9fr,1,vcr 9fs,1,vcz 9ft,1,vd9 9fu,1,vdd 9fv,1,veh 9fw,1,vel 9fx,1,vf2 9fy,1,vf7 9fz,1,vf\
        k 9g0,1,vgb 9g1,1,vgq 9g2,1,vgy 9g3,1,vil 9g4,1,vj0 9g5,1,vj4 9hc,1,w 9iu,1,9hu 9iw,1,gg1 9ix,2,gg4 9ln,1,w,9ll \
        9lo,1,w,9lm 9lr,1,9l4,9l6 9of,1,9mb,9mw 9pt,2,3cw 9pv,1,3hm 9pw,1,3cy 9px,2,3ho 9pz,3,3cz 9q2,6,3hs 9q8,1,3dm 9q\
        9,3,3d2 9qc,1,3dt 9qd,a,3d5 9qn,l,3fl 9r8,1,3fk 9r9,2,3dg 9rb,2,3if 9rd,1,3ik 9re,1,3im 9rf,1,3ir 9rg,1,3iv 9rh,\
        1,3ix 9ri,1,3do 9rj,1,3j1 9rk,1,3j3 9rl,2,3dp 9rn,1,3ds 9ro,2,3du 9rq,1,3dz 9rr,1,3e1 9rs,5,3e3 9rx,1,3ea 9ry,1,\
        3ee 9rz,1,3eo 9s0,1,3ev 9s1,1,3f0 9s2,2,3jl 9s4,3,3fb 9s7,2,3gk 9s9,1,3go 9sa,2,3gx 9sc,1,3h0 9sd,1,3ha 9se,1,3h\
        d 9si,1,feo 9sj,1,fik 9sk,1,fex 9sl,1,h5n 9sm,1,fey 9sn,1,ffx 9so,1,fez 9sp,1,n5e 9sq,1,fh5 9sr,1,ffd 9ss,1,fep \
        9st,1,hm1 9su,1,h80 9sv,1,fju 9vk,1,14,3cw,15 9vl,1,14,3cy,15 9vm,1,14,3cz,15 9vn,1,14,3d1,15 9vo,1,14,3d2,15 9v\
        p,1,14,3d3,15 9vq,1,14,3d5,15 9vr,1,14,3d7,15 9vs,1,14,3d8,15 9vt,1,14,3da,15 9vu,1,14,3db,15 9vv,1,14,3dc,15 9v\
        w,1,14,3dd,15 9vx,1,14,3de,15 9vy,1,14,3cw,3fl,15 9vz,1,14,3cy,3fl,15 9w0,1,14,3cz,3fl,15 9w1,1,14,3d1,3fl,15 9w\
        2,1,14,3d2,3fl,15 9w3,1,14,3d3,3fl,15 9w4,1,14,3d5,3fl,15 9w5,1,14,3d7,3fl,15 9w6,1,14,3d8,3fl,15 9w7,1,14,3da,3\
        fl,15 9w8,1,14,3db,3fl,15 9w9,1,14,3dc,3fl,15 9wa,1,14,3dd,3fl,15 9wb,1,14,3de,3fl,15 9wc,1,14,3d8,3fy,15 9wd,1,\
        14,3d7,3ft,3d8,3fp,3hn,15 9we,1,14,3d7,3ft,3de,3fy,15 9wg,1,14,feo,15 9wh,1,14,fik,15 9wi,1,14,fex,15 9wj,1,14,h\
        5n,15 9wk,1,14,fis,15 9wl,1,14,g31,15 9wm,1,14,fer,15 9wn,1,14,g2z,15 9wo,1,14,fh9,15 9wp,1,14,gg1,15 9wq,1,14,k\
        co,15 9wr,1,14,m7f,15 9ws,1,14,ldg,15 9wt,1,14,kdk,15 9wu,1,14,ssx,15 9wv,1,14,h7j,15 9ww,1,14,k4l,15 9wx,1,14,k\
        kq,15 9wy,1,14,kcp,15 9wz,1,14,ny6,15 9x0,1,14,glp,15 9x1,1,14,mm1,15 9x2,1,14,rs1,15 9x3,1,14,nz1,15 9x4,1,14,g\
        c4,15 9x5,1,14,fkz,15 9x6,1,14,gos,15 9x7,1,14,i1y,15 9x8,1,14,nhf,15 9x9,1,14,flt,15 9xa,1,14,rt3,15 9xb,1,14,g\
        gk,15 9xc,1,14,nzh,15 9xd,1,14,fm9,15 9xe,1,14,pnu,15 9xf,1,14,po3,15 9xg,1,gun 9xh,1,inw 9xi,1,k1z 9xj,1,oen 9x\
        s,1,28,2c,1x 9xt,1,1e,1d 9xu,1,1e,1e 9xv,1,1e,1f 9xw,1,1e,1g 9xx,1,1e,1h 9xy,1,1e,1i 9xz,1,1e,1j 9y0,1,1e,1k 9y1\
        ,1,1e,1l 9y2,1,1f,1c 9y3,1,1f,1d 9y4,1,1f,1e 9y5,1,1f,1f 9y6,1,1f,1g 9y7,1,1f,1h 9y8,1,3cw 9y9,2,3cy 9yb,3,3d1 9\
        ye,1,3d5 9yf,2,3d7 9yh,5,3da 9ym,1,3cw,3fl 9yn,2,3cy,3fl 9yp,3,3d1,3fl 9ys,1,3d5,3fl 9yt,2,3d7,3fl 9yv,5,3da,3fl\
         9z0,1,3da,3fl,3hz,3cw,3ft 9z1,1,3d8,3fy,3d7,3g4 9z2,1,3d7,3fy 9z4,1,feo 9z5,1,fik 9z6,1,fex 9z7,1,h5n 9z8,1,fis\
         9z9,1,g31 9za,1,fer 9zb,1,g2z 9zc,1,fh9 9zd,1,gg1 9ze,1,kco 9zf,1,m7f 9zg,1,ldg 9zh,1,kdk 9zi,1,ssx 9zj,1,h7j 9\
        zk,1,k4l 9zl,1,kkq 9zm,1,kcp 9zn,1,ny6 9zo,1,glp 9zp,1,mm1 9zq,1,rs1 9zr,1,nz1 9zs,1,gc4 9zt,1,o2g 9zu,1,n5j 9zv\
        ,1,ho3 9zw,1,six 9zx,1,g16 9zy,1,ghc 9zz,1,lig a00,1,u11 a01,1,fm9 a02,1,g49 a03,1,l7n a04,1,fey a05,1,ffx a06,1\
        ,fez a07,1,ijq a08,1,gkz a09,1,gfv a0a,1,i3b a0b,1,i1y a0c,1,nhf a0d,1,flt a0e,1,rt3 a0f,1,ggk a0g,1,hlo a0h,1,1\
        f,1i a0i,1,1f,1j a0j,1,1f,1k a0k,1,1f,1l a0l,1,1g,1c a0m,1,1g,1d a0n,1,1g,1e a0o,1,1g,1f a0p,1,1g,1g a0q,1,1g,1h\
         a0r,1,1g,1i a0s,1,1g,1j a0t,1,1g,1k a0u,1,1g,1l a0v,1,1h,1c a0w,9,1d,kco a15,1,1d,1c,kco a16,1,1d,1d,kco a17,1,\
        1d,1e,kco a18,1,20,2v a19,1,2t,36,2v a1a,1,2t,2e a1b,1,24,2c,1w a1c,1,9lu a1d,1,9lw a1e,1,9ly a1f,1,9m0 a1g,2,9m\
        2 a1i,1,9m5 a1j,1,9m7 a1k,1,9m9 a1l,1,9mb a1m,1,9md a1n,1,9mf a1o,1,9mh a1p,1,9mj a1q,1,9ml a1r,1,9mn a1s,1,9mp \
        a1t,1,9ms a1u,1,9mu a1v,1,9mw a1w,6,9my a22,1,9n6 a23,1,9n9 a24,1,9nc a25,1,9nf a26,5,9ni a2b,1,9no a2c,1,9nq a2\
        d,6,9ns a2j,4,9nz a2o,1,9lu,9n3,9lm,9oc,9mw a2p,1,9lu,9nv,9n9,9lt a2q,1,9lu,9o3,9nc,9lm,9lu a2r,1,9lu,9oc,9nv a2\
        s,1,9lw,9mz,9o3,9m7,9ll a2t,1,9lw,9o3,9mp a2u,1,9ly,9m1,9o3 a2v,1,9m0,9mh,9m7,9oc,9mw,9ll a2w,1,9m0,9oc,9m3,9oc \
        a2x,1,9m2,9o3,9mh a2y,1,9m2,9oc,9nk a2z,1,9m3,9lw,9nu a30,1,9m3,9nt,9mr,9mw a31,1,9m3,9nx,9nu,9oc a32,1,9m3,9ll,\
        9nx,9o3 a33,1,9m3,9ll,9o3,9ni a34,1,9m5,9ll,9m3,9ll a35,1,9m5,9ll,9mz,9oc a36,1,9m5,9np,9nu,9oc a37,1,9m5,9ll,9n\
        v,9mn,9ll,9oc a38,1,9m5,9nx a39,1,9m5,9nx,9m7,9ll,9nt,9nk a3a,1,9m5,9nx,9nl,9oc,9mw,9nv a3b,1,9m5,9nx,9nz,9mr,9m\
        w a3c,1,9m7,9ll,9nt,9nk a3d,1,9m7,9ll,9nt,9nk,9mw,9o3 a3e,1,9m7,9nv,9mj,9ll,9lw,9nx a3f,1,9m7,9nx,9oc,9n1 a3g,1,\
        9m9,9oc,9mh a3h,1,9mb,9nv,9my a3i,1,9mb,9oc,9nf,9lm a3j,1,9md,9lw,9m7,9nv a3k,1,9md,9o3,9mp,9oc,9nk a3l,1,9mf,9n\
        u,9o3,9m7,9ll a3m,1,9mj,9o3,9mp a3n,1,9mj,9o3,9mw a3o,1,9mn,9ll,9oc,9mh a3p,1,9mu,9ll,9mf a3q,1,9mw,9ll,9nv a3r,\
        1,9mw,9o3 a3s,1,9my,9n2 a3t,1,9n2,9mr,9mw a3u,1,9n3,9lw,9ms a3v,1,9n3,9lm,9oc,9mj,9o3,9mw a3w,1,9n3,9lm,9oc,9ms \
        a3x,1,9n3,9ll,9oc,9nw,9nv a3y,1,9n6,9lm,9lu,9mh,9mw,9nv a3z,1,9n6,9lm,9m7,9nv a40,1,9n6,9lm,9mb a41,1,9n6,9ll,9n\
        v a42,1,9n9,9lt,9nt,9mr,9mw,9ll a43,1,9n9,9lv,9oc,9mw a44,1,9n9,9ll,9mr,9mf,9lz,9nv a45,1,9n9,9nt,9o3 a46,1,9nc,\
        9m7,9mn,9oc,9nv a47,1,9nc,9lm,9ml a48,1,9nc,9lm,9mz,9n6 a49,1,9nc,9nv,9ms a4a,1,9nc,9lm,9o3,9mh a4b,1,9nc,9lm,9o\
        c,9mf,9ll a4c,1,9nc,9ll,9oc,9mn a4d,1,9nf,9lm,9lw,9o3,9mw a4e,1,9nf,9ll,9nv,9mw a4f,1,9nf,9o3 a4g,1,9nf,9lm,9o3,\
        9mw,9ll a4h,1,9nf,9oc,9nv a4i,1,9nf,9oc,9o3 a4j,1,9ni,9lw,9m7,9nx a4k,1,9ni,9lw,9nv a4l,1,9ni,9mr,9n3 a4m,1,9ni,\
        9nv,9m7 a4n,1,9ni,9o3,9mf,9nr,9o3 a4o,1,9nj,9m7,9nx,9o3 a4p,1,9nj,9nu a4q,1,9nj,9nu,9n3,9ll,9oc,9nv a4r,1,9nl,9m\
        3,9ll a4s,1,9nl,9m3,9ll,9mw,9o3 a4t,1,9nl,9oc,9mw,9nv a4u,1,9no,9oc,9mw,9ll a4v,1,9no,9oc,9nv a4w,1,9nq,9lu,9o3 \
        a4x,1,9nu,9mr,9mw,9nv a4y,1,9nu,9nt a4z,1,9nv,9n6,9lm,9oc a50,1,9nv,9oc,9n9,9ll,9nv a51,1,9nw,9nk a52,1,9nw,9o3,\
        9mw,9m9,9ll,9o3 a53,1,9nz,9mr,9mw a54,a,1c,m9l a5e,1,1d,1c,m9l a5f,1,1d,1d,m9l a5g,1,1d,1e,m9l a5h,1,1d,1f,m9l a\
        5i,1,1d,1g,m9l a5j,1,1d,1h,m9l a5k,1,1d,1i,m9l a5l,1,1d,1j,m9l a5m,1,1d,1k,m9l a5n,1,1d,1l,m9l a5o,1,1e,1c,m9l a\
        5p,1,1e,1d,m9l a5q,1,1e,1e,m9l a5r,1,1e,1f,m9l a5s,1,1e,1g,m9l a5t,1,2w,28,2p a5u,1,2s,2p a5v,1,1t,2d a5w,1,2q,2\
        p,36 a5x,1,33,2e a5y,1,34,2r a5z,1,2s,31 a60,1,2s,31,1e a61,1,2s,31,1f a62,1,21,2d a63,1,inn,jdc a64,1,k6l,gp8 a\
        65,1,hlz,l7n a66,1,k5q,lh7 a67,1,kkq,irz,fmi,ny6 a68,1,34,1t a69,1,32,1t a6a,1,qk,1t a6b,1,31,1t a6c,1,2z,1t a6d\
        ,1,23,1u a6e,1,25,1u a6f,1,1z,1u a6g,1,2r,2p,30 a6h,1,2z,2r,2p,30 a6i,1,34,1y a6j,1,32,1y a6k,1,qk,1y a6l,1,qk,2\
        v a6m,1,31,2v a6n,1,2z,2v a6o,1,20,3e a6p,1,2z,20,3e a6q,1,25,20,3e a6r,1,1z,20,3e a6s,1,2c,20,3e a6t,1,qk,30 a6\
        u,1,31,30 a6v,1,2s,30 a6w,1,2z,30 a6x,1,2u,31 a6y,1,32,31 a6z,1,qk,31 a70,1,31,31 a71,1,2r,31 a72,1,2z,31 a73,1,\
        31,31,1e a74,1,2r,31,1e a75,1,31,1e a76,1,2z,31,1e a77,1,31,31,1f a78,1,2r,31,1f a79,1,31,1f a7a,1,2z,31,1f a7b,\
        1,31,6qd,37 a7c,1,31,6qd,37,1e a7d,1,28,2p a7e,1,2z,28,2p a7f,1,25,28,2p a7g,1,1z,28,2p a7h,1,36,2p,2s a7i,1,36,\
        2p,2s,6qd,37 a7j,1,36,2p,2s,6qd,37,1e a7k,1,34,37 a7l,1,32,37 a7m,1,qk,37 a7n,1,31,37 a7o,1,34,2e a7p,1,32,2e a7\
        q,1,qk,2e a7r,1,31,2e a7s,1,2z,2e a7t,1,25,2e a7u,1,34,2f a7v,1,32,2f a7w,1,qk,2f a7x,1,31,2f a7y,1,2z,2f a7z,1,\
        25,2f a80,1,2z,q1 a81,1,25,q1 a82,1,2p,1a,31,1a a83,1,1u,35 a84,1,2r,2r a85,1,2r,2s a86,1,1v,6qd,2z,2v a87,1,1v,\
        33,1a a88,1,2s,1u a89,1,1z,3d a8a,1,2w,2p a8b,1,20,28 a8c,1,2x,32 a8d,1,23,23 a8e,1,23,25 a8f,1,2z,38 a8g,1,30,3\
        1 a8h,1,30,32 a8i,1,30,33,2v a8j,1,30,3c a8k,1,31,2q a8l,1,31,2x,30 a8m,1,31,33,30 a8n,1,28,20 a8o,1,34,1a,31,1a\
         a8p,1,28,28,25 a8q,1,28,2a a8r,1,37,36 a8s,1,2b,3a a8t,1,2f,2q a8u,1,2e,6qd,31 a8v,1,1t,6qd,31 a8w,9,1d,k4l a95\
        ,1,1d,1c,k4l a96,1,1d,1d,k4l a97,1,1d,1e,k4l a98,1,1d,1f,k4l a99,1,1d,1g,k4l a9a,1,1d,1h,k4l a9b,1,1d,1i,k4l a9c\
        ,1,1d,1j,k4l a9d,1,1d,1k,k4l a9e,1,1d,1l,k4l a9f,1,1e,1c,k4l a9g,1,1e,1d,k4l a9h,1,1e,1e,k4l a9i,1,1e,1f,k4l a9j\
        ,1,1e,1g,k4l a9k,1,1e,1h,k4l a9l,1,1e,1i,k4l a9m,1,1e,1j,k4l a9n,1,1e,1k,k4l a9o,1,1e,1l,k4l a9p,1,1f,1c,k4l a9q\
        ,1,1f,1d,k4l a9r,1,2v,2p,30 wws,1,ui wwt,1,uk x2o,1,x2n x6g,1,86 x6h,1,9f xuk,1,x0n xul,1,xtj xum,1,h7 xun,1,xua\
         1dkw,1,2u,2u 1dkx,1,2u,2x 1dky,1,2u,30 1dkz,1,2u,2u,2x 1dl0,1,2u,2u,30 1dl1,1,37,38 1dl2,1,37,38 1dlf,1,12s,12u\
         1dlg,1,12s,12d 1dlh,1,12s,12j 1dli,1,132,12u 1dlj,1,12s,12l 1dls,1,15u 1dlt,1,15c 1dlu,2,15f 1dlw,3,15n 1dlz,1,\
        160 1dm0,1,162 1dm1,1,17 1dn3,1,15c,15o 1dn4,1,19t 1dn5,1,19t 1dn6,1,1a3 1dn7,1,1a3 1dn8,1,1a3 1dn9,1,1a3 1dna,1\
        ,1a6 1dnb,1,1a6 1dnc,1,1a6 1dnd,1,1a6 1dne,1,1a8 1dnf,1,1a8 1dng,1,1a8 1dnh,1,1a8 1dni,1,1a2 1dnj,1,1a2 1dnk,1,1\
        a2 1dnl,1,1a2 1dnm,1,1a7 1dnn,1,1a7 1dno,1,1a7 1dnp,1,1a7 1dnq,1,1a1 1dnr,1,1a1 1dns,1,1a1 1dnt,1,1a1 1dnu,1,1b8\
         1dnv,1,1b8 1dnw,1,1b8 1dnx,1,1b8 1dny,1,1ba 1dnz,1,1ba 1do0,1,1ba 1do1,1,1ba 1do2,1,1ac 1do3,1,1ac 1do4,1,1ac 1\
        do5,1,1ac 1do6,1,1ab 1do7,1,1ab 1do8,1,1ab 1do9,1,1ab 1doa,1,1ae 1dob,1,1ae 1doc,1,1ae 1dod,2,1ae 1dof,1,1af 1do\
        g,1,1af 1doh,1,1af 1doi,1,1al 1doj,1,1al 1dok,1,1ak 1dol,1,1ak 1dom,1,1am 1don,1,1am 1doo,1,1ag 1dop,1,1ag 1doq,\
        1,1aw 1dor,1,1aw 1dos,1,1ap 1dot,1,1ap 1dou,1,1bd 1dov,1,1bd 1dow,1,1bd 1dox,1,1bd 1doy,1,1bj 1doz,1,1bj 1dp0,1,\
        1bj 1dp1,1,1bj 1dp2,1,1bn 1dp3,1,1bn 1dp4,1,1bn 1dp5,1,1bn 1dp6,1,1bl 1dp7,1,1bl 1dp8,1,1bl 1dp9,1,1bl 1dpa,1,1b\
        u 1dpb,2,1bu 1dpd,1,1bv 1dpe,1,1bv 1dpf,1,1bv 1dpg,1,1cl,190 1dph,1,1cl,190 1dpi,1,1c1 1dpj,1,1c1 1dpk,1,1c1 1dp\
        l,1,1c1 1dpm,1,1by 1dpn,1,1by 1dpo,1,1by 1dpp,1,1by 1dpq,1,1ci 1dpr,1,1ci 1dps,1,1ci,190 1dpt,1,1ci,190 1dqr,1,1\
        bh 1dqs,1,1bh 1dqt,1,1bh 1dqu,1,1bh 1dqv,1,1c7 1dqw,1,1c7 1dqx,1,1c6 1dqy,1,1c6 1dqz,1,1c8 1dr0,1,1c8 1dr1,1,1c7\
        ,19w 1dr2,1,1cb 1dr3,1,1cb 1dr4,1,1c5 1dr5,1,1c5 1dr6,1,1c9 1dr7,1,1c9 1dr8,1,1cg 1dr9,1,1cg 1dra,1,1cg 1drb,1,1\
        cg 1drc,1,18p 1drd,1,18p 1dre,1,18q,190,17r 1drf,1,18q,190,17r 1drg,1,18q,190,1cl 1drh,1,18q,190,1cl 1dri,1,18q,\
        190,18o 1drj,1,18q,190,18o 1drk,1,18q,190,1c7 1drl,1,18q,190,1c7 1drm,1,18q,190,1c6 1drn,1,18q,190,1c6 1dro,1,18\
        q,190,1c8 1drp,1,18q,190,1c8 1drq,1,18q,190,1cg 1drr,1,18q,190,1cg 1drs,1,18q,190,1cg 1drt,1,18q,190,18p 1dru,1,\
        18q,190,18p 1drv,1,18q,190,18p 1drw,1,1cc 1drx,1,1cc 1dry,1,1cc 1drz,1,1cc 1ds0,1,18q,190,17w 1ds1,1,18q,190,17x\
         1ds2,1,18q,190,18l 1ds3,1,18q,190,18p 1ds4,1,18q,190,18q 1ds5,1,17s,17w 1ds6,1,17s,17x 1ds7,1,17s,17y 1ds8,1,17\
        s,18l 1ds9,1,17s,18p 1dsa,1,17s,18q 1dsb,1,17u,17w 1dsc,1,17u,17x 1dsd,1,17u,17y 1dse,1,17u,18l 1dsf,1,17u,18p 1\
        dsg,1,17u,18q 1dsh,1,17v,17w 1dsi,1,17v,18l 1dsj,1,17v,18p 1dsk,1,17v,18q 1dsl,1,17w,17x 1dsm,1,17w,18l 1dsn,1,1\
        7x,17w 1dso,1,17x,18l 1dsp,1,17y,17w 1dsq,1,17y,17x 1dsr,1,17y,18l 1dss,1,183,17w 1dst,1,183,17x 1dsu,1,183,17y \
        1dsv,1,183,18l 1dsw,1,185,17x 1dsx,1,185,18l 1dsy,1,186,17w 1dsz,1,186,17x 1dt0,1,186,17y 1dt1,1,186,18l 1dt2,1,\
        187,17x 1dt3,2,187,18l 1dt5,1,189,17w 1dt6,1,189,18l 1dt7,1,18a,17w 1dt8,1,18a,18l 1dt9,1,18h,17w 1dta,1,18h,17x\
         1dtb,1,18h,17y 1dtc,1,18h,18l 1dtd,1,18h,18p 1dte,1,18h,18q 1dtf,1,18i,17x 1dtg,1,18i,18l 1dth,1,18i,18p 1dti,1\
        ,18i,18q 1dtj,1,18j,17r 1dtk,1,18j,17w 1dtl,1,18j,17x 1dtm,1,18j,17y 1dtn,1,18j,18k 1dto,1,18j,18l 1dtp,1,18j,18\
        p 1dtq,1,18j,18q 1dtr,1,18k,17w 1dts,1,18k,17x 1dtt,1,18k,17y 1dtu,1,18k,18l 1dtv,1,18k,18p 1dtw,1,18k,18q 1dtx,\
        1,18l,17w 1dty,1,18l,17x 1dtz,1,18l,17y 1du0,1,18l,18l 1du1,1,18l,18p 1du2,1,18l,18q 1du3,1,18m,17w 1du4,1,18m,1\
        7x 1du5,1,18m,17y 1du6,1,18m,18l 1du7,1,18m,18p 1du8,1,18m,18q 1du9,1,18n,17w 1dua,1,18n,18l 1dub,1,18n,18p 1duc\
        ,1,18n,18q 1dud,1,18q,17w 1due,1,18q,17x 1duf,1,18q,17y 1dug,1,18q,18l 1duh,1,18q,18p 1dui,1,18q,18q 1duj,2,180,\
        19s 1dul,1,18p,19s 1dum,1,w,18s,18x 1dun,1,w,18t,18x 1duo,1,w,18u,18x 1dup,1,w,18v,18x 1duq,1,w,18w,18x 1dur,1,w\
        ,18x,19s 1dus,1,18q,190,181 1dut,1,18q,190,182 1duu,1,18q,190,18l 1duv,1,18q,190,18m 1duw,1,18q,190,18p 1dux,1,1\
        8q,190,18q 1duy,1,17s,181 1duz,1,17s,182 1dv0,1,17s,18l 1dv1,1,17s,18m 1dv2,1,17s,18p 1dv3,1,17s,18q 1dv4,1,17u,\
        181 1dv5,1,17u,182 1dv6,1,17u,18l 1dv7,1,17u,18m 1dv8,1,17u,18p 1dv9,1,17u,18q 1dva,1,17v,181 1dvb,1,17v,182 1dv\
        c,1,17v,18l 1dvd,1,17v,18m 1dve,1,17v,18p 1dvf,1,17v,18q 1dvg,1,18h,18p 1dvh,1,18h,18q 1dvi,1,18i,18p 1dvj,1,18i\
        ,18q 1dvk,1,18j,17r 1dvl,1,18j,18k 1dvm,1,18j,18l 1dvn,1,18j,18p 1dvo,1,18j,18q 1dvp,1,18k,18l 1dvq,1,18k,18p 1d\
        vr,1,18k,18q 1dvs,1,18l,17r 1dvt,1,18l,18l 1dvu,1,18m,181 1dvv,1,18m,182 1dvw,1,18m,18l 1dvx,1,18m,18m 1dvy,1,18\
        m,18p 1dvz,1,18m,18q 1dw0,1,18p,19s 1dw1,1,18q,181 1dw2,1,18q,182 1dw3,1,18q,18l 1dw4,1,18q,18m 1dw5,1,18q,18p 1\
        dw6,1,18q,18q 1dw7,1,18q,190,17w 1dw8,1,18q,190,17x 1dw9,1,18q,190,17y 1dwa,1,18q,190,18l 1dwb,1,18q,190,18n 1dw\
        c,1,17s,17w 1dwd,1,17s,17x 1dwe,1,17s,17y 1dwf,1,17s,18l 1dwg,1,17s,18n 1dwh,1,17u,17w 1dwi,1,17u,17x 1dwj,1,17u\
        ,17y 1dwk,1,17u,18l 1dwl,1,17u,18n 1dwm,1,17v,18l 1dwn,1,17w,17x 1dwo,1,17w,18l 1dwp,1,17x,17w 1dwq,1,17x,18l 1d\
        wr,1,17y,17w 1dws,1,17y,18l 1dwt,1,183,17w 1dwu,1,183,17x 1dwv,1,183,17y 1dww,1,183,18l 1dwx,1,185,17x 1dwy,1,18\
        5,17y 1dwz,1,185,18l 1dx0,1,186,17w 1dx1,1,186,17x 1dx2,1,186,17y 1dx3,1,186,18l 1dx4,1,187,17x 1dx5,1,188,18l 1\
        dx6,1,189,17w 1dx7,1,189,18l 1dx8,1,18a,17w 1dx9,1,18a,18l 1dxa,1,18h,17w 1dxb,1,18h,17x 1dxc,1,18h,17y 1dxd,1,1\
        8h,18l 1dxe,1,18i,17x 1dxf,1,18i,18l 1dxg,1,18j,17w 1dxh,1,18j,17x 1dxi,1,18j,17y 1dxj,1,18j,18k 1dxk,1,18j,18l \
        1dxl,1,18k,17w 1dxm,1,18k,17x 1dxn,1,18k,17y 1dxo,1,18k,18l 1dxp,1,18k,18n 1dxq,1,18l,17w 1dxr,1,18l,17x 1dxs,1,\
        18l,17y 1dxt,1,18l,18l 1dxu,1,18m,17w 1dxv,1,18m,17x 1dxw,1,18m,17y 1dxx,1,18m,18l 1dxy,1,18m,18n 1dxz,1,18n,17w\
         1dy0,1,18n,18l 1dy1,1,18n,19s 1dy2,1,18q,17w 1dy3,1,18q,17x 1dy4,1,18q,17y 1dy5,1,18q,18l 1dy6,1,18q,18n 1dy7,1\
        ,18q,190,18l 1dy8,1,18q,190,18n 1dy9,1,17s,18l 1dya,1,17s,18n 1dyb,1,17u,18l 1dyc,1,17u,18n 1dyd,1,17v,18l 1dye,\
        1,17v,18n 1dyf,1,183,18l 1dyg,1,183,18n 1dyh,1,184,18l 1dyi,1,184,18n 1dyj,1,18j,18k 1dyk,2,18j,18l 1dym,1,18m,1\
        8l 1dyn,1,18m,18n 1dyo,1,18q,18l 1dyp,1,18q,18n 1dyq,1,18g,18u,18x 1dyr,1,18g,18v,18x 1dys,1,18g,18w,18x 1dyt,1,\
        187,18p 1dyu,1,187,18q 1dyv,1,189,18p 1dyw,1,189,18q 1dyx,1,18a,18p 1dyy,1,18a,18q 1dyz,1,183,18p 1dz0,1,183,18q\
         1dz1,1,184,18p 1dz2,1,184,18q 1dz3,1,17x,18p 1dz4,1,17x,18q 1dz5,1,17w,18p 1dz6,1,17w,18q 1dz7,1,17y,18p 1dz8,1\
        ,17y,18q 1dz9,1,185,18p 1dza,1,185,18q 1dzb,1,186,18p 1dzc,1,186,18q 1dzd,1,184,17w 1dze,1,184,17x 1dzf,1,184,17\
        y 1dzg,1,184,18l 1dzh,1,184,181 1dzi,1,183,181 1dzj,2,185,181 1dzl,1,187,18p 1dzm,1,187,18q 1dzn,1,189,18p 1dzo,\
        1,189,18q 1dzp,1,18a,18p 1dzq,1,18a,18q 1dzr,1,183,18p 1dzs,1,183,18q 1dzt,1,184,18p 1dzu,1,184,18q 1dzv,1,17x,1\
        8p 1dzw,1,17x,18q 1dzx,1,17w,18p 1dzy,1,17w,18q 1dzz,1,17y,18p 1e00,1,17y,18q 1e01,1,185,18p 1e02,1,185,18q 1e03\
        ,1,186,18p 1e04,1,186,18q 1e05,1,184,17w 1e06,1,184,17x 1e07,1,184,17y 1e08,1,184,18l 1e09,1,184,181 1e0a,1,183,\
        181 1e0b,2,185,181 1e0d,1,184,17w 1e0e,1,184,17x 1e0f,1,184,17y 1e0g,1,184,18l 1e0h,2,183,18n 1e0j,1,187,18l 1e0\
        k,1,183,17w 1e0l,1,183,17x 1e0m,1,183,17y 1e0n,1,184,17w 1e0o,1,184,17x 1e0p,1,184,17y 1e0q,2,187,18l 1e0s,1,17r\
        ,18r 1e0t,1,17r,18r 1e1c,1,17u,17w,18l 1e1d,1,17u,17x,17w 1e1e,1,17u,17x,17w 1e1f,1,17u,17x,18l 1e1g,1,17u,17y,1\
        8l 1e1h,1,17u,18l,17w 1e1i,1,17u,18l,17x 1e1j,1,17u,18l,17y 1e1k,1,17w,18l,17x 1e1l,1,17w,18l,17x 1e1m,1,17x,18l\
        ,18q 1e1n,1,17x,18l,18p 1e1o,1,183,17x,17w 1e1p,1,183,17w,17x 1e1q,1,183,17w,18p 1e1r,1,183,18l,17x 1e1s,1,183,1\
        8l,17x 1e1t,1,183,18l,17w 1e1u,1,183,18l,18l 1e1v,1,183,18l,18l 1e1w,1,185,17x,17x 1e1x,1,185,17x,17x 1e1y,1,185\
        ,18l,18l 1e1z,1,184,17x,18l 1e20,1,184,17x,18l 1e21,1,184,17w,18q 1e22,1,184,18l,17y 1e23,1,184,18l,17y 1e24,1,1\
        84,18l,18l 1e25,1,184,18l,18l 1e26,1,186,17x,18p 1e27,1,186,17y,18l 1e28,1,186,17y,18l 1e29,1,187,18l,17x 1e2a,1\
        ,187,18l,17x 1e2b,1,187,18l,18l 1e2c,1,187,18l,18q 1e2d,1,189,17w,18l 1e2e,1,189,18l,18l 1e2f,1,189,18l,18l 1e2g\
        ,1,189,18l,18p 1e2h,1,18a,18l,18l 1e2i,1,18a,18l,18q 1e2j,1,18a,18l,18p 1e2k,1,18h,17y,18l 1e2l,1,18h,17y,18l 1e\
        2m,1,18i,18l,17x 1e2n,1,18i,18l,18l 1e2o,1,18k,17x,18l 1e2p,1,18k,17x,18q 1e2q,1,18k,17x,18p 1e2r,1,18k,17w,17w \
        1e2s,1,18k,17w,17w 1e2t,1,18k,17y,18l 1e2u,1,18k,17y,18l 1e2v,1,18k,18l,17x 1e2w,1,18k,18l,17x 1e2x,1,18l,17x,17\
        w 1e2y,1,18l,17x,18l 1e2z,1,18l,17x,18q 1e30,1,18l,17w,17x 1e31,1,18l,17w,18l 1e32,1,18l,17y,17w 1e33,1,18l,17y,\
        18l 1e36,1,18l,17w,17y 1e37,1,18n,18l,17w 1e38,1,18n,18l,18l 1e39,1,18m,17x,18l 1e3a,1,18m,17x,18p 1e3b,1,18m,17\
        w,18l 1e3c,1,18m,17w,18l 1e3d,1,18m,17w,18p 1e3e,1,18m,18l,18q 1e3f,1,18m,18l,18p 1e3g,1,18q,18l,18l 1e3h,1,18q,\
        18l,18l 1e3i,1,17s,17y,18q 1e3j,1,17u,17w,18q 1e3k,1,17u,17w,18p 1e3l,1,17u,17y,18q 1e3m,1,17u,17y,18p 1e3n,1,17\
        u,18l,18q 1e3o,1,17u,18l,18p 1e3p,1,17w,18l,18q 1e3q,1,17w,17x,18p 1e3r,1,17w,18l,18p 1e3s,1,183,17y,18p 1e3t,1,\
        185,17x,18q 1e3u,1,184,17x,18q 1e3v,1,186,17x,18q 1e3w,1,18k,17w,18q 1e3x,1,18k,18l,18q 1e3y,1,18q,17x,18q 1e3z,\
        1,18q,17w,18q 1e40,1,18q,18l,18q 1e41,1,18l,18l,18q 1e42,1,18i,18l,18q 1e43,1,18m,17x,18q 1e44,1,18i,18l,17x 1e4\
        5,1,18k,17x,18l 1e46,1,189,18l,18q 1e47,1,18j,18l,18q 1e48,1,18m,17w,17x 1e49,1,18l,17y,18q 1e4a,1,18k,17w,18l 1\
        e4b,1,18j,18l,18l 1e4c,1,18k,17w,18l 1e4d,1,18m,17w,17x 1e4e,1,17w,17x,18q 1e4f,1,17x,17w,18q 1e4g,1,18l,17w,18q\
         1e4h,1,18h,18l,18q 1e4i,1,17s,17x,18q 1e4j,1,18j,18l,18l 1e4k,1,189,17w,18l 1e4l,1,185,18l,18l 1e4m,1,183,17y,1\
        8q 1e4n,1,18m,17w,18q 1e5s,1,185,18k,1ci 1e5t,1,18i,18k,1ci 1e5u,1,17r,18k,18k,18n 1e5v,1,17r,18j,17s,181 1e5w,1\
        ,18l,17x,18l,17z 1e5x,1,185,18k,189,18l 1e5y,1,181,183,18o,18k 1e5z,1,189,18k,18q,18n 1e60,1,18o,183,18k,18l 1e6\
        1,1,185,18k,18p 1e62,1,185,18k,18p,w,17r,18k,18k,18n,w,189,18k,18q,18n,w,18o,183,18k,18l 1e63,1,17w,18k,w,17w,18\
        k,17r,18k,18n 1e64,1,181,1cc,17r,18k 1e6o,1,18 1e6p,2,9hd 1e6r,2,1m 1e6t,1,x 1e6u,1,1r 1e6v,2,9hy 1e6x,1,1a,1a,1\
        a 1e7k,1,1a,1a 1e7l,1,6c4 1e7m,1,6c3 1e7n,1,2n 1e7o,1,2n 1e7p,2,14 1e7r,1,3f 1e7s,1,3h 1e7t,2,9hw 1e7v,2,9hs 1e7\
        x,2,9hm 1e7z,2,9hk 1e81,4,9ho 1e87,1,2j 1e88,1,2l 1e89,1,w,lh 1e8a,1,w,lh 1e8b,1,w,lh 1e8c,1,w,lh 1e8d,1,2n 1e8e\
        ,1,2n 1e8f,1,2n 1e8g,1,18 1e8h,1,9hd 1e8i,1,1a 1e8k,1,1n 1e8l,1,1m 1e8m,1,1r 1e8n,1,x 1e8o,1,6c4 1e8p,2,14 1e8r,\
        1,3f 1e8s,1,3h 1e8t,2,9hw 1e8v,1,z 1e8w,1,12 1e8x,2,16 1e8z,1,19 1e90,1,1o 1e91,1,1q 1e92,1,1p 1e94,1,2k 1e95,2,\
        10 1e97,1,1s 1e9c,1,w,18r 1e9d,1,18g,18r 1e9e,1,w,18s 1e9g,1,w,18t 1e9i,1,w,18u 1e9j,1,18g,18u 1e9k,1,w,18v 1e9l\
        ,1,18g,18v 1e9m,1,w,18w 1e9n,1,18g,18w 1e9o,1,w,18x 1e9p,1,18g,18x 1e9q,1,w,18y 1e9r,1,18g,18y 1e9s,1,17l 1e9t,1\
        ,17r,18z 1e9u,1,17r,18z 1e9v,1,17r,190 1e9w,1,17r,190 1e9x,1,18o,190 1e9y,1,18o,190 1e9z,1,17r,191 1ea0,1,17r,19\
        1 1ea1,1,18q,190 1ea2,1,18q,190 1ea3,1,18q,190 1ea4,1,18q,190 1ea5,1,17r 1ea6,2,17r 1ea8,1,17s 1ea9,1,17s 1eaa,2\
        ,17s 1eac,2,17t 1eae,1,17u 1eaf,1,17u 1eag,2,17u 1eai,1,17v 1eaj,1,17v 1eak,2,17v 1eam,1,17w 1ean,1,17w 1eao,2,1\
        7w 1eaq,1,17x 1ear,1,17x 1eas,2,17x 1eau,1,17y 1eav,1,17y 1eaw,2,17y 1eay,2,17z 1eb0,2,180 1eb2,2,181 1eb4,2,182\
         1eb6,1,183 1eb7,1,183 1eb8,2,183 1eba,1,184 1ebb,1,184 1ebc,2,184 1ebe,1,185 1ebf,1,185 1ebg,2,185 1ebi,1,186 1\
        ebj,1,186 1ebk,2,186 1ebm,1,187 1ebn,1,187 1ebo,2,187 1ebq,1,188 1ebr,1,188 1ebs,2,188 1ebu,1,189 1ebv,1,189 1eb\
        w,2,189 1eby,1,18a 1ebz,1,18a 1ec0,1,18a 1ec1,1,18h 1ec2,1,18h 1ec3,1,18h 1ec4,2,18h 1ec6,1,18i 1ec7,1,18i 1ec8,\
        2,18i 1eca,1,18j 1ecb,1,18j 1ecc,2,18j 1ece,1,18k 1ecf,1,18k 1ecg,2,18k 1eci,1,18l 1ecj,1,18l 1eck,2,18l 1ecm,1,\
        18m 1ecn,1,18m 1eco,2,18m 1ecq,1,18n 1ecr,1,18n 1ecs,2,18n 1ecu,2,18o 1ecw,2,18p 1ecy,1,18q 1ecz,1,18q 1ed0,1,18\
        q 1ed1,1,18k,17r,18z 1ed2,1,18k,17r,18z 1ed3,1,18k,17r,190 1ed4,1,18k,17r,190 1ed5,1,18k,17r,191 1ed6,1,18k,17r,\
        191 1ed7,1,18k,17r 1ed8,1,18k,17r 1edd,2m,x 1efz,2,879 1eg1,1,9he 1eg2,2,9ho 1eg4,1,9hd 1eg5,1,9ob 1eg6,1,9o2 1e\
        g7,1,9lt 1eg8,1,9lv 1eg9,1,9lx 1ega,1,9lz 1egb,1,9m1 1egc,1,9nn 1egd,1,9np 1ege,1,9nr 1egf,1,9mr 1egg,1,9oc 1egh\
        ,1,9lu 1egi,1,9lw 1egj,1,9ly 1egk,1,9m0 1egl,2,9m2 1egn,1,9m5 1ego,1,9m7 1egp,1,9m9 1egq,1,9mb 1egr,1,9md 1egs,1\
        ,9mf 1egt,1,9mh 1egu,1,9mj 1egv,1,9ml 1egw,1,9mn 1egx,1,9mp 1egy,1,9ms 1egz,1,9mu 1eh0,1,9mw 1eh1,6,9my 1eh7,1,9\
        n6 1eh8,1,9n9 1eh9,1,9nc 1eha,1,9nf 1ehb,5,9ni 1ehg,1,9no 1ehh,1,9nq 1ehi,6,9ns 1eho,1,9nz 1ehp,1,9o3 1ehq,2,9ll\
         1ehs,1,3fk 1eht,2,3cw 1ehv,1,3hm 1ehw,1,3cy 1ehx,2,3ho 1ehz,3,3cz 1ei2,6,3hs 1ei8,1,3dm 1ei9,3,3d2 1eic,1,3dt 1\
        eid,a,3d5 1eiq,6,3fl 1eiy,6,3fr 1ej6,6,3fx 1eje,3,3g3 1ejk,2,4i 1ejm,1,4s 1ejn,1,w,lg 1ejo,1,4m 1ejp,1,4l 1ejq,1\
        ,6g9 1ejs,1,7b6 1ejt,4,6mo 1ejx,1,7fk 1ejy,1,7gr 2kg0,q,1t 2kgq,q,2p 2khg,q,1t 2ki6,7,2p 2kie,i,2x 2kiw,q,1t 2kj\
        m,q,2p 2kkc,1,1t 2kke,2,1v 2kki,1,1z 2kkl,2,22 2kkp,4,26 2kku,8,2b 2kl2,4,2p 2kl7,1,2u 2kl9,7,2w 2klh,b,34 2kls,\
        q,1t 2kmi,q,2p 2kn8,2,1t 2knb,4,1w 2knh,8,22 2knq,7,2b 2kny,q,2p 2koo,2,1t 2kor,4,1w 2kow,5,21 2kp2,1,27 2kp6,7,\
        2b 2kpe,q,2p 2kq4,q,1t 2kqu,q,2p 2krk,q,1t 2ksa,q,2p 2kt0,q,1t 2ktq,q,2p 2kug,q,1t 2kv6,q,2p 2kvw,q,1t 2kwm,q,2p\
         2kxc,q,1t 2ky2,q,2p 2kys,1,8h 2kyt,1,fr 2kyw,h,pd 2kzd,1,pk 2kze,7,pv 2kzl,1,6pz 2kzm,p,q9 2l0b,1,6pu 2l0c,1,qd\
         2l0d,1,qg 2l0e,1,qi 2l0f,1,qu 2l0g,1,qp 2l0h,1,qo 2l0i,h,pd 2l0z,1,pk 2l10,7,pv 2l17,1,6pz 2l18,p,q9 2l1x,1,6pu\
         2l1y,1,qd 2l1z,1,qg 2l20,1,qi 2l21,1,qu 2l22,1,qp 2l23,1,qo 2l24,h,pd 2l2l,1,pk 2l2m,7,pv 2l2t,1,6pz 2l2u,p,q9 \
        2l3j,1,6pu 2l3k,1,qd 2l3l,1,qg 2l3m,1,qi 2l3n,1,qu 2l3o,1,qp 2l3p,1,qo 2l3q,h,pd 2l47,1,pk 2l48,7,pv 2l4f,1,6pz \
        2l4g,p,q9 2l55,1,6pu 2l56,1,qd 2l57,1,qg 2l58,1,qi 2l59,1,qu 2l5a,1,qp 2l5b,1,qo 2l5c,h,pd 2l5t,1,pk 2l5u,7,pv 2\
        l61,1,6pz 2l62,p,q9 2l6r,1,6pu 2l6s,1,qd 2l6t,1,qg 2l6u,1,qi 2l6v,1,qu 2l6w,1,qp 2l6x,1,qo 2l6y,2,rg 2l72,a,1c 2\
        l7c,a,1c 2l7m,a,1c 2l7w,a,1c 2l86,a,1c 2pkw,2,17r 2pky,1,17w 2pkz,1,17z 2pl1,1,18o 2pl2,1,182 2pl3,1,17x 2pl4,1,\
        187 2pl5,1,18q 2pl6,4,18j 2pla,1,183 2plb,1,189 2plc,1,18h 2pld,1,185 2ple,1,18i 2plf,1,181 2plg,1,184 2plh,2,17\
        u 2plj,1,17y 2plk,1,180 2pll,1,186 2plm,1,188 2pln,1,18a 2plo,1,19q 2plp,1,1bu 2plq,1,1b5 2plr,1,19r 2plt,1,17s \
        2plu,1,17w 2plw,1,18n 2plz,1,17x 2pm1,1,18q 2pm2,4,18j 2pm6,1,183 2pm7,1,189 2pm8,1,18h 2pm9,1,185 2pma,1,18i 2p\
        mc,1,184 2pmd,2,17u 2pmf,1,17y 2pmh,1,186 2pmj,1,18a 2pmq,1,17w 2pmv,1,17x 2pmx,1,18q 2pmz,1,18k 2pn1,1,18m 2pn2\
        ,1,183 2pn3,1,189 2pn5,1,185 2pn6,1,18i 2pn8,1,184 2pnb,1,17y 2pnd,1,186 2pnf,1,18a 2pnh,1,1bu 2pnj,1,19r 2pnl,1\
        ,17s 2pnm,1,17w 2pno,1,18n 2pnr,1,17x 2pns,1,187 2pnt,1,18q 2pnu,1,18j 2pnw,2,18l 2pny,1,183 2pnz,1,189 2po0,1,1\
        8h 2po1,1,185 2po2,1,18i 2po4,1,184 2po5,2,17u 2po7,1,17y 2po9,1,186 2poa,1,188 2pob,1,18a 2poc,1,19q 2poe,1,1b5\
         2pog,2,17r 2poi,1,17w 2poj,1,17z 2pok,2,18n 2pom,1,182 2pon,1,17x 2poo,1,187 2pop,1,18q 2por,3,18k 2pou,1,183 2\
        pov,1,189 2pow,1,18h 2pox,1,185 2poy,1,18i 2poz,1,181 2pp0,1,184 2pp1,2,17u 2pp3,1,17y 2pp4,1,180 2pp5,1,186 2pp\
        6,1,188 2pp7,1,18a 2ppd,1,17s 2ppe,1,17w 2ppf,1,17z 2pph,1,18o 2ppi,1,182 2ppj,1,17x 2ppk,1,187 2ppl,1,18q 2ppn,\
        3,18k 2ppq,1,183 2ppr,1,189 2pps,1,18h 2ppt,1,185 2ppu,1,18i 2ppv,1,181 2ppw,1,184 2ppx,2,17u 2ppz,1,17y 2pq0,1,\
        180 2pq1,1,186 2pq2,1,188 2pq3,1,18a 2q68,1,1c,1a 2q69,a,1c,18 2q6o,1,14,1t,15 2q6p,1,14,1u,15 2q6q,1,14,1v,15 2\
        q6r,1,14,1w,15 2q6s,1,14,1x,15 2q6t,1,14,1y,15 2q6u,1,14,1z,15 2q6v,1,14,20,15 2q6w,1,14,21,15 2q6x,1,14,22,15 2\
        q6y,1,14,23,15 2q6z,1,14,24,15 2q70,1,14,25,15 2q71,1,14,26,15 2q72,1,14,27,15 2q73,1,14,28,15 2q74,1,14,29,15 2\
        q75,1,14,2a,15 2q76,1,14,2b,15 2q77,1,14,2c,15 2q78,1,14,2d,15 2q79,1,14,2e,15 2q7a,1,14,2f,15 2q7b,1,14,2g,15 2\
        q7c,1,14,2h,15 2q7d,1,14,2i,15 2q7e,1,9hw,2b,9hx 2q7f,1,1v 2q7g,1,2a 2q7h,1,1v,1w 2q7i,1,2f,2i 2q7k,q,1t 2q8a,1,\
        20,2e 2q8b,1,25,2e 2q8c,1,2b,1w 2q8d,1,2b,2b 2q8e,1,28,28,2e 2q8f,1,2f,1v 2q96,1,25,1v 2q97,1,25,1w 2qa8,1,1w,22\
         2qdc,1,9kr,9jf 2qdd,1,9mb,9mb 2qde,1,9md 2qds,1,jez 2qdt,1,i1j 2qdu,1,gjw 2qdv,1,9mu,9ll 2qdw,1,fik 2qdx,1,hlm \
        2qdy,1,r8j 2qdz,1,hm1 2qe0,1,fj8 2qe1,1,k68 2qe2,1,mch 2qe3,1,k2h 2qe4,1,g99 2qe5,1,ivg 2qe6,1,g3x 2qe7,1,k34 2q\
        e8,1,g7x 2qe9,1,oqq 2qea,1,n4v 2qeb,1,rs9 2qec,1,hkg 2qed,1,gmx 2qee,1,lxw 2qef,1,jh1 2qeg,1,jmd 2qeh,1,feo 2qei\
        ,1,fex 2qej,1,si2 2qek,1,ijq 2qel,1,ffx 2qem,1,gkz 2qen,1,jk7 2qeo,1,rxs 2qep,1,jf7 2qeq,1,o01 2qer,1,o6y 2qes,1\
        ,glk 2qet,1,lts 2qeu,1,kcp 2qev,1,kco 2qew,1,n5f 2qex,1,gaa 2qey,1,gxi 2qez,1,sp9 2qf4,1,9hw,kdo,9hx 2qf5,1,9hw,\
        fex,9hx 2qf6,1,9hw,fik,9hx 2qf7,1,9hw,i2x,9hx 2qf8,1,9hw,m9l,9hx 2qf9,1,9hw,jf7,9hx 2qfa,1,9hw,nh3,9hx 2qfb,1,9h\
        w,gd9,9hx 2qfc,1,9hw,k0n,9hx 2qfk,1,ivr 2qfl,1,gkv
        """
}
