// Made by fixtures/tokenizers/make_unicode.py; not to be edited by hand.

/// Compatibility decompositions as `tokenizers` has them, Unicode 9 (Unicode Standard Annex 15).
enum CompatibilityForms {
    /// Full compatibility decompositions where they differ from the canonical ones; base 36.
    static let decompositions: StaticString = """
        4h:w 8:w,lk 2:2p 5:w,lg 3,2:1e w,ld qk 3:w,mf 1d 33 2:1d,6dg,1g 1d,6dg,1e 1f,6dg,1g 38:21,22 2x,2y c:24,53 30,53\
         9:jg,32 1i:37 1x:1w,2i,lo 1w,3e,lo 2s,3e,lo 24,22 24,2y 30,2y 26,22 26,2y 32,2y 11:1w,2i 1w,3e 2s,3e 59:2w h2 2\
        y 36 hl hn ht 3b 3d w:w,li w,lj w,lm w,mg w,lf w,ln 3:gz 30 37 3c id 46:w,n9 a:w,ld w,lk,ld 23:qa qg px px,ld px\
        ,lk qu qo q:qi 1,2:qp 2:pk qd 4:pv b2:12d,136 6m:17r,19w 18o,19w 1c7,19w 18q,19w 1iz:2tp,2sy 3k:2x9,2wi 15:2wb,2\
        vt 2wb,2w1 1b:2yz 2z:33m,31t,328 2:33n,31t,328 ar:3bw 2eo:1t 5i 1u 2,2:1w b2 1,8:1z 2:27 f6 28 2a 1,2:2c 2f 2p 1\
        ,2:gg 5qa 2q 1,2:2s gp 1,2:gr 2v 2:2z 31 97 33 gk 1,2:5qu 34 1,2:38 5r1 hb 3a 5r9 1,3:qa 1,2:qu 2x 36 1,2:39 1,2\
        :qa qp 1,2:qu e:u5 z:gi 2r gl 6o gs 2u gv gx h1 1,3:h4 5tn il h9 5tx in hd hc 1,4:he hk 1,2:hu bv 1,2:i1 5r0 1,2\
        :i3 3e 1,3:i8 qg 63:2p,ji 37,lj 82:w,lv 2:w,lv w,n6 w,lk,n6 c:w,lv,lc w,lv,ld w,lv,n6 e:w,lw,lc w,lw,ld w,lw,n6 \
        e:w,lk,lc w,lk,ld f:w,ld w,lw 2:w w w w w w w w w w w 7:6c0 6:w,mr d:1a 1a,1a 1a,1a,1a 9:w 4:6cy,6cy 6cy,6cy,6cy\
         2:6d1,6d1 6d1,6d1,6d1 5:x,x 2:w,lh 9:1r,1r 1r,x x,1r e:6cy,6cy,6cy,6cy 8:w h:1c 2x 3,6:1g 17 6qa 1p 1,2:14 32 1\
        ,a:1c 17 6qa 1p 1,2:14 2:2p 2t 33 3c gp 2w 1,4:2z 34 1,2:37 c:2a,37 2g:2p,1b,2r 2p,1b,37 1v 4w,1v 2:2r,1b,33 2r,\
        1b,39 b4 2:4w,1y 2v 20 20 20 2w 87 21 21 24 30 2:26 26,33 3,3:28 2a 2a 3:2b,25 2c,1x,24 2c,25 2:2i 4:2i 4,2:1u 2\
        :2t 1,2:1x 2:25 33 1,4:15c 2x 2:1y,1t,2g qo qb pf ps 6q9 5:1w 1,2:2s 1,2:2x 7:1d,6dg,1j 1d,6dg,1l 1d,6dg,1d,1c 1\
        ,2:1d,6dg,1f 1,4:1d,6dg,1h 1d,6dg,1i 1h,6dg,1i 1d,6dg,1k 1f,6dg,1k 1h,6dg,1k 1j,6dg,1k 1d,6dg 21 21,21 21,21,21 \
        21,2e 2e 2e,21 2e,21,21 2e,21,21,21 21,2g 2g 2g,21 2g,21,21 24 1,2:1v 25 2x 2x,2x 2x,2x,2x 2x,3a 3a 3a,2x 3a,2x,\
        2x 3a,2x,2x,2x 2x,3c 3c 3c,2x 3c,2x,2x 30 1,2:2r 31 a:1c,6dg,1f 4j:6qz,6qz 6qz,6qz,6qz 2:6r2,6r2 6r2,6r2,6r2 fk,\
        9:1d 1d,1c 1d,1d 1d,1e 1d,1f 1d,1g 1d,1h 1d,1i 1d,1j 1d,1k 1d,1l 1e,1c 14,1d,15 14,1e,15 14,1f,15 14,1g,15 14,1h\
        ,15 14,1i,15 14,1j,15 14,1k,15 14,1l,15 14,1d,1c,15 14,1d,1d,15 14,1d,1e,15 14,1d,1f,15 14,1d,1g,15 14,1d,1h,15 \
        14,1d,1i,15 14,1d,1j,15 14,1d,1k,15 14,1d,1l,15 14,1e,1c,15 1,9:1d,1a 1d,1c,1a 1d,1d,1a 1d,1e,1a 1d,1f,1a 1d,1g,\
        1a 1d,1h,1a 1d,1i,1a 1d,1j,1a 1d,1k,1a 1d,1l,1a 1e,1c,1a 14,2p,15 14,2q,15 14,2r,15 14,2s,15 14,2t,15 14,2u,15 1\
        4,2v,15 14,2w,15 14,2x,15 14,2y,15 14,2z,15 14,30,15 14,31,15 14,32,15 14,33,15 14,34,15 14,35,15 14,36,15 14,37\
        ,15 14,38,15 14,39,15 14,3a,15 14,3b,15 14,3c,15 14,3d,15 14,3e,15 1,q:1t 1,q:2p 1c 10i:6qz,6qz,6qz,6qz 2w:1m,1m\
        ,1p 1p,1p 1p,1p,1p ee:2y 2e 6q:8yp 8g:lal 2c:vj3 d:feo ffs fg6 fgf fh5 fid fik fj4 fju g1r g2t g2z g3m g46 g4r g\
        68 g6t g74 gbf ge1 get gey gfs gg1 ggs gh5 ghu gja gjs gkj h5j h7j hkb hky hl6 hlh hlz ho3 i1c i2o i60 i6n i76 i\
        7s i9a i9d ijf ijp ik1 ike inm inu inz ir8 iri irv is3 its iu9 iur iwz jd4 jee jez jzj jzo k1z k2f k2s k3d k4g k\
        4l kc0 kco kdk l5s l7m l89 l9v laj las laz lcf lck ldg m7f mju mk6 mkb mkf mkn ml5 ml7 mng mtg mtl n30 n3a n4o n\
        4v n54 n5c n7v n82 nee nel nfy ngf nhq nob noi noz ny2 o1k o1q o6s o97 oah okz ooo p4m p5d p6y p8d pa9 pak paq p\
        bn pdr pe1 pnn pnu po3 poc pos pp7 ppb pri prm prs qj1 qjv qww qx8 qxv r5q r63 r82 r9c rp3 rpi rpx rqw rrx rxg r\
        xs rzn s6j s7e sd7 sds sdx sk1 sp5 ssm sss ssx tiv tj4 tng trq trt tt4 tw1 twe twi twp tzf u0d u0j u0x u5k u6z u\
        73 uc6 uc9 ucs ujs ul4 ulb un9 unj unm unw uoq uzp vat vb3 vc5 vcr vcz vd9 vdd veh vel vf2 vf7 vfk vgb vgq vgy v\
        il vj0 vj4 17:w 1i:9hu 2:gg1 1,2:gg4 2p:w,9ll w,9lm 3:9l4,9l6 2o:9mb,9mw 1e,2:3cw 3hm 3cy 1,2:3ho 1,3:3cz 1,6:3h\
        s 3dm 1,3:3d2 3dt 1,a:3d5 1,l:3fl 3fk 1,2:3dg 1,2:3if 3ik 3im 3ir 3iv 3ix 3do 3j1 3j3 1,2:3dp 3ds 1,2:3du 3dz 3e\
        1 1,5:3e3 3ea 3ee 3eo 3ev 3f0 1,2:3jl 1,3:3fb 1,2:3gk 3go 1,2:3gx 3h0 3ha 3hd 4:feo fik fex h5n fey ffx fez n5e \
        fh5 ffd fep hm1 h80 fju 2p:14,3cw,15 14,3cy,15 14,3cz,15 14,3d1,15 14,3d2,15 14,3d3,15 14,3d5,15 14,3d7,15 14,3d\
        8,15 14,3da,15 14,3db,15 14,3dc,15 14,3dd,15 14,3de,15 14,3cw,3fl,15 14,3cy,3fl,15 14,3cz,3fl,15 14,3d1,3fl,15 1\
        4,3d2,3fl,15 14,3d3,3fl,15 14,3d5,3fl,15 14,3d7,3fl,15 14,3d8,3fl,15 14,3da,3fl,15 14,3db,3fl,15 14,3dc,3fl,15 1\
        4,3dd,3fl,15 14,3de,3fl,15 14,3d8,3fy,15 14,3d7,3ft,3d8,3fp,3hn,15 14,3d7,3ft,3de,3fy,15 2:14,feo,15 14,fik,15 1\
        4,fex,15 14,h5n,15 14,fis,15 14,g31,15 14,fer,15 14,g2z,15 14,fh9,15 14,gg1,15 14,kco,15 14,m7f,15 14,ldg,15 14,\
        kdk,15 14,ssx,15 14,h7j,15 14,k4l,15 14,kkq,15 14,kcp,15 14,ny6,15 14,glp,15 14,mm1,15 14,rs1,15 14,nz1,15 14,gc\
        4,15 14,fkz,15 14,gos,15 14,i1y,15 14,nhf,15 14,flt,15 14,rt3,15 14,ggk,15 14,nzh,15 14,fm9,15 14,pnu,15 14,po3,\
        15 gun inw k1z oen 9:28,2c,1x 1e,1d 1e,1e 1e,1f 1e,1g 1e,1h 1e,1i 1e,1j 1e,1k 1e,1l 1f,1c 1f,1d 1f,1e 1f,1f 1f,1\
        g 1f,1h 3cw 1,2:3cy 1,3:3d1 3d5 1,2:3d7 1,5:3da 3cw,3fl 1,2:3cy,3fl 1,3:3d1,3fl 3d5,3fl 1,2:3d7,3fl 1,5:3da,3fl \
        3da,3fl,3hz,3cw,3ft 3d8,3fy,3d7,3g4 3d7,3fy 2:feo fik fex h5n fis g31 fer g2z fh9 gg1 kco m7f ldg kdk ssx h7j k4\
        l kkq kcp ny6 glp mm1 rs1 nz1 gc4 o2g n5j ho3 six g16 ghc lig u11 fm9 g49 l7n fey ffx fez ijq gkz gfv i3b i1y nh\
        f flt rt3 ggk hlo 1f,1i 1f,1j 1f,1k 1f,1l 1g,1c 1g,1d 1g,1e 1g,1f 1g,1g 1g,1h 1g,1i 1g,1j 1g,1k 1g,1l 1h,1c 1,9:\
        1d,kco 1d,1c,kco 1d,1d,kco 1d,1e,kco 20,2v 2t,36,2v 2t,2e 24,2c,1w 9lu 9lw 9ly 9m0 1,2:9m2 9m5 9m7 9m9 9mb 9md 9\
        mf 9mh 9mj 9ml 9mn 9mp 9ms 9mu 9mw 1,6:9my 9n6 9n9 9nc 9nf 1,5:9ni 9no 9nq 1,6:9ns 1,4:9nz 2:9lu,9n3,9lm,9oc,9mw\
         9lu,9nv,9n9,9lt 9lu,9o3,9nc,9lm,9lu 9lu,9oc,9nv 9lw,9mz,9o3,9m7,9ll 9lw,9o3,9mp 9ly,9m1,9o3 9m0,9mh,9m7,9oc,9mw\
        ,9ll 9m0,9oc,9m3,9oc 9m2,9o3,9mh 9m2,9oc,9nk 9m3,9lw,9nu 9m3,9nt,9mr,9mw 9m3,9nx,9nu,9oc 9m3,9ll,9nx,9o3 9m3,9ll\
        ,9o3,9ni 9m5,9ll,9m3,9ll 9m5,9ll,9mz,9oc 9m5,9np,9nu,9oc 9m5,9ll,9nv,9mn,9ll,9oc 9m5,9nx 9m5,9nx,9m7,9ll,9nt,9nk\
         9m5,9nx,9nl,9oc,9mw,9nv 9m5,9nx,9nz,9mr,9mw 9m7,9ll,9nt,9nk 9m7,9ll,9nt,9nk,9mw,9o3 9m7,9nv,9mj,9ll,9lw,9nx 9m7\
        ,9nx,9oc,9n1 9m9,9oc,9mh 9mb,9nv,9my 9mb,9oc,9nf,9lm 9md,9lw,9m7,9nv 9md,9o3,9mp,9oc,9nk 9mf,9nu,9o3,9m7,9ll 9mj\
        ,9o3,9mp 9mj,9o3,9mw 9mn,9ll,9oc,9mh 9mu,9ll,9mf 9mw,9ll,9nv 9mw,9o3 9my,9n2 9n2,9mr,9mw 9n3,9lw,9ms 9n3,9lm,9oc\
        ,9mj,9o3,9mw 9n3,9lm,9oc,9ms 9n3,9ll,9oc,9nw,9nv 9n6,9lm,9lu,9mh,9mw,9nv 9n6,9lm,9m7,9nv 9n6,9lm,9mb 9n6,9ll,9nv\
         9n9,9lt,9nt,9mr,9mw,9ll 9n9,9lv,9oc,9mw 9n9,9ll,9mr,9mf,9lz,9nv 9n9,9nt,9o3 9nc,9m7,9mn,9oc,9nv 9nc,9lm,9ml 9nc\
        ,9lm,9mz,9n6 9nc,9nv,9ms 9nc,9lm,9o3,9mh 9nc,9lm,9oc,9mf,9ll 9nc,9ll,9oc,9mn 9nf,9lm,9lw,9o3,9mw 9nf,9ll,9nv,9mw\
         9nf,9o3 9nf,9lm,9o3,9mw,9ll 9nf,9oc,9nv 9nf,9oc,9o3 9ni,9lw,9m7,9nx 9ni,9lw,9nv 9ni,9mr,9n3 9ni,9nv,9m7 9ni,9o3\
        ,9mf,9nr,9o3 9nj,9m7,9nx,9o3 9nj,9nu 9nj,9nu,9n3,9ll,9oc,9nv 9nl,9m3,9ll 9nl,9m3,9ll,9mw,9o3 9nl,9oc,9mw,9nv 9no\
        ,9oc,9mw,9ll 9no,9oc,9nv 9nq,9lu,9o3 9nu,9mr,9mw,9nv 9nu,9nt 9nv,9n6,9lm,9oc 9nv,9oc,9n9,9ll,9nv 9nw,9nk 9nw,9o3\
        ,9mw,9m9,9ll,9o3 9nz,9mr,9mw 1,a:1c,m9l 1d,1c,m9l 1d,1d,m9l 1d,1e,m9l 1d,1f,m9l 1d,1g,m9l 1d,1h,m9l 1d,1i,m9l 1d\
        ,1j,m9l 1d,1k,m9l 1d,1l,m9l 1e,1c,m9l 1e,1d,m9l 1e,1e,m9l 1e,1f,m9l 1e,1g,m9l 2w,28,2p 2s,2p 1t,2d 2q,2p,36 33,2\
        e 34,2r 2s,31 2s,31,1e 2s,31,1f 21,2d inn,jdc k6l,gp8 hlz,l7n k5q,lh7 kkq,irz,fmi,ny6 34,1t 32,1t qk,1t 31,1t 2z\
        ,1t 23,1u 25,1u 1z,1u 2r,2p,30 2z,2r,2p,30 34,1y 32,1y qk,1y qk,2v 31,2v 2z,2v 20,3e 2z,20,3e 25,20,3e 1z,20,3e \
        2c,20,3e qk,30 31,30 2s,30 2z,30 2u,31 32,31 qk,31 31,31 2r,31 2z,31 31,31,1e 2r,31,1e 31,1e 2z,31,1e 31,31,1f 2\
        r,31,1f 31,1f 2z,31,1f 31,6qd,37 31,6qd,37,1e 28,2p 2z,28,2p 25,28,2p 1z,28,2p 36,2p,2s 36,2p,2s,6qd,37 36,2p,2s\
        ,6qd,37,1e 34,37 32,37 qk,37 31,37 34,2e 32,2e qk,2e 31,2e 2z,2e 25,2e 34,2f 32,2f qk,2f 31,2f 2z,2f 25,2f 2z,q1\
         25,q1 2p,1a,31,1a 1u,35 2r,2r 2r,2s 1v,6qd,2z,2v 1v,33,1a 2s,1u 1z,3d 2w,2p 20,28 2x,32 23,23 23,25 2z,38 30,31\
         30,32 30,33,2v 30,3c 31,2q 31,2x,30 31,33,30 28,20 34,1a,31,1a 28,28,25 28,2a 37,36 2b,3a 2f,2q 2e,6qd,31 1t,6q\
        d,31 1,9:1d,k4l 1d,1c,k4l 1d,1d,k4l 1d,1e,k4l 1d,1f,k4l 1d,1g,k4l 1d,1h,k4l 1d,1i,k4l 1d,1j,k4l 1d,1k,k4l 1d,1l,\
        k4l 1e,1c,k4l 1e,1d,k4l 1e,1e,k4l 1e,1f,k4l 1e,1g,k4l 1e,1h,k4l 1e,1i,k4l 1e,1j,k4l 1e,1k,k4l 1e,1l,k4l 1f,1c,k4\
        l 1f,1d,k4l 2v,2p,30 mn1:ui uk 5v:x2n 3s:86 9f o3:x0n xtj h7 xua fq9:2u,2u 2u,2x 2u,30 2u,2u,2x 2u,2u,30 37,38 3\
        7,38 d:12s,12u 12s,12d 12s,12j 132,12u 12s,12l 9:15u 15c 1,2:15f 1,3:15n 160 162 17 12:15c,15o 19t 19t 1a3 1a3 1\
        a3 1a3 1a6 1a6 1a6 1a6 1a8 1a8 1a8 1a8 1a2 1a2 1a2 1a2 1a7 1a7 1a7 1a7 1a1 1a1 1a1 1a1 1b8 1b8 1b8 1b8 1ba 1ba 1\
        ba 1ba 1ac 1ac 1ac 1ac 1ab 1ab 1ab 1ab 1ae 1ae 1ae 1,2:1ae 1af 1af 1af 1al 1al 1ak 1ak 1am 1am 1ag 1ag 1aw 1aw 1\
        ap 1ap 1bd 1bd 1bd 1bd 1bj 1bj 1bj 1bj 1bn 1bn 1bn 1bn 1bl 1bl 1bl 1bl 1bu 1,2:1bu 1bv 1bv 1bv 1cl,190 1cl,190 1\
        c1 1c1 1c1 1c1 1by 1by 1by 1by 1ci 1ci 1ci,190 1ci,190 y:1bh 1bh 1bh 1bh 1c7 1c7 1c6 1c6 1c8 1c8 1c7,19w 1cb 1cb\
         1c5 1c5 1c9 1c9 1cg 1cg 1cg 1cg 18p 18p 18q,190,17r 18q,190,17r 18q,190,1cl 18q,190,1cl 18q,190,18o 18q,190,18o\
         18q,190,1c7 18q,190,1c7 18q,190,1c6 18q,190,1c6 18q,190,1c8 18q,190,1c8 18q,190,1cg 18q,190,1cg 18q,190,1cg 18q\
        ,190,18p 18q,190,18p 18q,190,18p 1cc 1cc 1cc 1cc 18q,190,17w 18q,190,17x 18q,190,18l 18q,190,18p 18q,190,18q 17s\
        ,17w 17s,17x 17s,17y 17s,18l 17s,18p 17s,18q 17u,17w 17u,17x 17u,17y 17u,18l 17u,18p 17u,18q 17v,17w 17v,18l 17v\
        ,18p 17v,18q 17w,17x 17w,18l 17x,17w 17x,18l 17y,17w 17y,17x 17y,18l 183,17w 183,17x 183,17y 183,18l 185,17x 185\
        ,18l 186,17w 186,17x 186,17y 186,18l 187,17x 1,2:187,18l 189,17w 189,18l 18a,17w 18a,18l 18h,17w 18h,17x 18h,17y\
         18h,18l 18h,18p 18h,18q 18i,17x 18i,18l 18i,18p 18i,18q 18j,17r 18j,17w 18j,17x 18j,17y 18j,18k 18j,18l 18j,18p\
         18j,18q 18k,17w 18k,17x 18k,17y 18k,18l 18k,18p 18k,18q 18l,17w 18l,17x 18l,17y 18l,18l 18l,18p 18l,18q 18m,17w\
         18m,17x 18m,17y 18m,18l 18m,18p 18m,18q 18n,17w 18n,18l 18n,18p 18n,18q 18q,17w 18q,17x 18q,17y 18q,18l 18q,18p\
         18q,18q 1,2:180,19s 18p,19s w,18s,18x w,18t,18x w,18u,18x w,18v,18x w,18w,18x w,18x,19s 18q,190,181 18q,190,182\
         18q,190,18l 18q,190,18m 18q,190,18p 18q,190,18q 17s,181 17s,182 17s,18l 17s,18m 17s,18p 17s,18q 17u,181 17u,182\
         17u,18l 17u,18m 17u,18p 17u,18q 17v,181 17v,182 17v,18l 17v,18m 17v,18p 17v,18q 18h,18p 18h,18q 18i,18p 18i,18q\
         18j,17r 18j,18k 18j,18l 18j,18p 18j,18q 18k,18l 18k,18p 18k,18q 18l,17r 18l,18l 18m,181 18m,182 18m,18l 18m,18m\
         18m,18p 18m,18q 18p,19s 18q,181 18q,182 18q,18l 18q,18m 18q,18p 18q,18q 18q,190,17w 18q,190,17x 18q,190,17y 18q\
        ,190,18l 18q,190,18n 17s,17w 17s,17x 17s,17y 17s,18l 17s,18n 17u,17w 17u,17x 17u,17y 17u,18l 17u,18n 17v,18l 17w\
        ,17x 17w,18l 17x,17w 17x,18l 17y,17w 17y,18l 183,17w 183,17x 183,17y 183,18l 185,17x 185,17y 185,18l 186,17w 186\
        ,17x 186,17y 186,18l 187,17x 188,18l 189,17w 189,18l 18a,17w 18a,18l 18h,17w 18h,17x 18h,17y 18h,18l 18i,17x 18i\
        ,18l 18j,17w 18j,17x 18j,17y 18j,18k 18j,18l 18k,17w 18k,17x 18k,17y 18k,18l 18k,18n 18l,17w 18l,17x 18l,17y 18l\
        ,18l 18m,17w 18m,17x 18m,17y 18m,18l 18m,18n 18n,17w 18n,18l 18n,19s 18q,17w 18q,17x 18q,17y 18q,18l 18q,18n 18q\
        ,190,18l 18q,190,18n 17s,18l 17s,18n 17u,18l 17u,18n 17v,18l 17v,18n 183,18l 183,18n 184,18l 184,18n 18j,18k 1,2\
        :18j,18l 18m,18l 18m,18n 18q,18l 18q,18n 18g,18u,18x 18g,18v,18x 18g,18w,18x 187,18p 187,18q 189,18p 189,18q 18a\
        ,18p 18a,18q 183,18p 183,18q 184,18p 184,18q 17x,18p 17x,18q 17w,18p 17w,18q 17y,18p 17y,18q 185,18p 185,18q 186\
        ,18p 186,18q 184,17w 184,17x 184,17y 184,18l 184,181 183,181 1,2:185,181 187,18p 187,18q 189,18p 189,18q 18a,18p\
         18a,18q 183,18p 183,18q 184,18p 184,18q 17x,18p 17x,18q 17w,18p 17w,18q 17y,18p 17y,18q 185,18p 185,18q 186,18p\
         186,18q 184,17w 184,17x 184,17y 184,18l 184,181 183,181 1,2:185,181 184,17w 184,17x 184,17y 184,18l 1,2:183,18n\
         187,18l 183,17w 183,17x 183,17y 184,17w 184,17x 184,17y 1,2:187,18l 17r,18r 17r,18r j:17u,17w,18l 17u,17x,17w 1\
        7u,17x,17w 17u,17x,18l 17u,17y,18l 17u,18l,17w 17u,18l,17x 17u,18l,17y 17w,18l,17x 17w,18l,17x 17x,18l,18q 17x,1\
        8l,18p 183,17x,17w 183,17w,17x 183,17w,18p 183,18l,17x 183,18l,17x 183,18l,17w 183,18l,18l 183,18l,18l 185,17x,1\
        7x 185,17x,17x 185,18l,18l 184,17x,18l 184,17x,18l 184,17w,18q 184,18l,17y 184,18l,17y 184,18l,18l 184,18l,18l 1\
        86,17x,18p 186,17y,18l 186,17y,18l 187,18l,17x 187,18l,17x 187,18l,18l 187,18l,18q 189,17w,18l 189,18l,18l 189,1\
        8l,18l 189,18l,18p 18a,18l,18l 18a,18l,18q 18a,18l,18p 18h,17y,18l 18h,17y,18l 18i,18l,17x 18i,18l,18l 18k,17x,1\
        8l 18k,17x,18q 18k,17x,18p 18k,17w,17w 18k,17w,17w 18k,17y,18l 18k,17y,18l 18k,18l,17x 18k,18l,17x 18l,17x,17w 1\
        8l,17x,18l 18l,17x,18q 18l,17w,17x 18l,17w,18l 18l,17y,17w 18l,17y,18l 3:18l,17w,17y 18n,18l,17w 18n,18l,18l 18m\
        ,17x,18l 18m,17x,18p 18m,17w,18l 18m,17w,18l 18m,17w,18p 18m,18l,18q 18m,18l,18p 18q,18l,18l 18q,18l,18l 17s,17y\
        ,18q 17u,17w,18q 17u,17w,18p 17u,17y,18q 17u,17y,18p 17u,18l,18q 17u,18l,18p 17w,18l,18q 17w,17x,18p 17w,18l,18p\
         183,17y,18p 185,17x,18q 184,17x,18q 186,17x,18q 18k,17w,18q 18k,18l,18q 18q,17x,18q 18q,17w,18q 18q,18l,18q 18l\
        ,18l,18q 18i,18l,18q 18m,17x,18q 18i,18l,17x 18k,17x,18l 189,18l,18q 18j,18l,18q 18m,17w,17x 18l,17y,18q 18k,17w\
        ,18l 18j,18l,18l 18k,17w,18l 18m,17w,17x 17w,17x,18q 17x,17w,18q 18l,17w,18q 18h,18l,18q 17s,17x,18q 18j,18l,18l\
         189,17w,18l 185,18l,18l 183,17y,18q 18m,17w,18q 15:185,18k,1ci 18i,18k,1ci 17r,18k,18k,18n 17r,18j,17s,181 18l,\
        17x,18l,17z 185,18k,189,18l 181,183,18o,18k 189,18k,18q,18n 18o,183,18k,18l 185,18k,18p 185,18k,18p,w,17r,18k,18\
        k,18n,w,189,18k,18q,18n,w,18o,183,18k,18l 17w,18k,w,17w,18k,17r,18k,18n 181,1cc,17r,18k k:18 1,2:9hd 1,2:1m x 1r\
         1,2:9hy 1a,1a,1a n:1a,1a 6c4 6c3 2n 2n 1,2:14 3f 3h 1,2:9hw 1,2:9hs 1,2:9hm 1,2:9hk 1,4:9ho 3:2j 2l w,lh w,lh w\
        ,lh w,lh 2n 2n 2n 18 9hd 1a 2:1n 1m 1r x 6c4 1,2:14 3f 3h 1,2:9hw z 12 1,2:16 19 1o 1q 1p 2:2k 1,2:10 1s 5:w,18r\
         18g,18r w,18s 2:w,18t 2:w,18u 18g,18u w,18v 18g,18v w,18w 18g,18w w,18x 18g,18x w,18y 18g,18y 17l 17r,18z 17r,1\
        8z 17r,190 17r,190 18o,190 18o,190 17r,191 17r,191 18q,190 18q,190 18q,190 18q,190 17r 1,2:17r 17s 17s 1,2:17s 1\
        ,2:17t 17u 17u 1,2:17u 17v 17v 1,2:17v 17w 17w 1,2:17w 17x 17x 1,2:17x 17y 17y 1,2:17y 1,2:17z 1,2:180 1,2:181 1\
        ,2:182 183 183 1,2:183 184 184 1,2:184 185 185 1,2:185 186 186 1,2:186 187 187 1,2:187 188 188 1,2:188 189 189 1\
        ,2:189 18a 18a 18a 18h 18h 18h 1,2:18h 18i 18i 1,2:18i 18j 18j 1,2:18j 18k 18k 1,2:18k 18l 18l 1,2:18l 18m 18m 1\
        ,2:18m 18n 18n 1,2:18n 1,2:18o 1,2:18p 18q 18q 18q 18k,17r,18z 18k,17r,18z 18k,17r,190 18k,17r,190 18k,17r,191 1\
        8k,17r,191 18k,17r 18k,17r 5,2m:x 1,2:879 9he 1,2:9ho 9hd 9ob 9o2 9lt 9lv 9lx 9lz 9m1 9nn 9np 9nr 9mr 9oc 9lu 9l\
        w 9ly 9m0 1,2:9m2 9m5 9m7 9m9 9mb 9md 9mf 9mh 9mj 9ml 9mn 9mp 9ms 9mu 9mw 1,6:9my 9n6 9n9 9nc 9nf 1,5:9ni 9no 9n\
        q 1,6:9ns 9nz 9o3 1,2:9ll 3fk 1,2:3cw 3hm 3cy 1,2:3ho 1,3:3cz 1,6:3hs 3dm 1,3:3d2 3dt 1,a:3d5 4,6:3fl 3,6:3fr 3,\
        6:3fx 3,3:3g3 4,2:4i 4s w,lg 4m 4l 6g9 2:7b6 1,4:6mo 7fk 7gr 15w2,q:1t 1,q:2p 1,q:1t 1,7:2p 2,i:2x 1,q:1t 1,q:2p\
         1t 2,2:1v 3:1z 3,2:22 3,4:26 2,8:2b 1,4:2p 2:2u 2,7:2w 2,b:34 1,q:1t 1,q:2p 1,2:1t 2,4:1w 3,8:22 2,7:2b 2,q:2p \
        1,2:1t 2,4:1w 2,5:21 2:27 4,7:2b 2,q:2p 1,q:1t 1,q:2p 1,q:1t 1,q:2p 1,q:1t 1,q:2p 1,q:1t 1,q:2p 1,q:1t 1,q:2p 1,\
        q:1t 1,q:2p 8h fr 3,h:pd pk 1,7:pv 6pz 1,p:q9 6pu qd qg qi qu qp qo 1,h:pd pk 1,7:pv 6pz 1,p:q9 6pu qd qg qi qu \
        qp qo 1,h:pd pk 1,7:pv 6pz 1,p:q9 6pu qd qg qi qu qp qo 1,h:pd pk 1,7:pv 6pz 1,p:q9 6pu qd qg qi qu qp qo 1,h:pd\
         pk 1,7:pv 6pz 1,p:q9 6pu qd qg qi qu qp qo 1,2:rg 3,a:1c 1,a:1c 1,a:1c 1,a:1c 1,a:1c 4ch,2:17r 17w 17z 2:18o 18\
        2 17x 187 18q 1,4:18j 183 189 18h 185 18i 181 184 1,2:17u 17y 180 186 188 18a 19q 1bu 1b5 19r 2:17s 17w 2:18n 3:\
        17x 2:18q 1,4:18j 183 189 18h 185 18i 2:184 1,2:17u 17y 2:186 2:18a 7:17w 5:17x 2:18q 2:18k 2:18m 183 189 2:185 \
        18i 2:184 3:17y 2:186 2:18a 2:1bu 2:19r 2:17s 17w 2:18n 3:17x 187 18q 18j 2,2:18l 183 189 18h 185 18i 2:184 1,2:\
        17u 17y 2:186 188 18a 19q 2:1b5 2,2:17r 17w 17z 1,2:18n 182 17x 187 18q 2,3:18k 183 189 18h 185 18i 181 184 1,2:\
        17u 17y 180 186 188 18a 6:17s 17w 17z 2:18o 182 17x 187 18q 2,3:18k 183 189 18h 185 18i 181 184 1,2:17u 17y 180 \
        186 188 18a g5:1c,1a 1,a:1c,18 6:14,1t,15 14,1u,15 14,1v,15 14,1w,15 14,1x,15 14,1y,15 14,1z,15 14,20,15 14,21,1\
        5 14,22,15 14,23,15 14,24,15 14,25,15 14,26,15 14,27,15 14,28,15 14,29,15 14,2a,15 14,2b,15 14,2c,15 14,2d,15 14\
        ,2e,15 14,2f,15 14,2g,15 14,2h,15 14,2i,15 9hw,2b,9hx 1v 2a 1v,1w 2f,2i 2,q:1t 20,2e 25,2e 2b,1w 2b,2b 28,28,2e \
        2f,1v r:25,1v 25,1w 11:1w,22 34:9kr,9jf 9mb,9mb 9md e:jez i1j gjw 9mu,9ll fik hlm r8j hm1 fj8 k68 mch k2h g99 iv\
        g g3x k34 g7x oqq n4v rs9 hkg gmx lxw jh1 jmd feo fex si2 ijq ffx gkz jk7 rxs jf7 o01 o6y glk lts kcp kco n5f ga\
        a gxi sp9 5:9hw,kdo,9hx 9hw,fex,9hx 9hw,fik,9hx 9hw,i2x,9hx 9hw,m9l,9hx 9hw,jf7,9hx 9hw,nh3,9hx 9hw,gd9,9hx 9hw,\
        k0n,9hx 8:ivr gkv
        """
}
