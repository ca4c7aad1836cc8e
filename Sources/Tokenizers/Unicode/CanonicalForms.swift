// Made by fixtures/tokenizers/make_unicode.py; not to be edited by hand.

/// Canonical decompositions as `tokenizers` has them, Unicode 9 (Unicode Standard Annex 15).
enum CanonicalForms {
    /// Full canonical decompositions: first character, how many in a row, the decomposition; base 36.
    static let decompositions: StaticString = """
        5c,1,1t,lc 5d,1,1t,ld 5e,1,1t,le 5f,1,1t,lf 5g,1,1t,lk 5h,1,1t,lm 5j,1,1v,mf 5k,1,1x,lc 5l,1,1x,ld 5m,1,1x,le 5n\
        ,1,1x,lk 5o,1,21,lc 5p,1,21,ld 5q,1,21,le 5r,1,21,lk 5t,1,26,lf 5u,1,27,lc 5v,1,27,ld 5w,1,27,le 5x,1,27,lf 5y,1\
        ,27,lk 61,1,2d,lc 62,1,2d,ld 63,1,2d,le 64,1,2d,lk 65,1,2h,ld 68,1,2p,lc 69,1,2p,ld 6a,1,2p,le 6b,1,2p,lf 6c,1,2\
        p,lk 6d,1,2p,lm 6f,1,2r,mf 6g,1,2t,lc 6h,1,2t,ld 6i,1,2t,le 6j,1,2t,lk 6k,1,2x,lc 6l,1,2x,ld 6m,1,2x,le 6n,1,2x,\
        lk 6p,1,32,lf 6q,1,33,lc 6r,1,33,ld 6s,1,33,le 6t,1,33,lf 6u,1,33,lk 6x,1,39,lc 6y,1,39,ld 6z,1,39,le 70,1,39,lk\
         71,1,3d,ld 73,1,3d,lk 74,1,1t,lg 75,1,2p,lg 76,1,1t,li 77,1,2p,li 78,1,1t,mg 79,1,2p,mg 7a,1,1v,ld 7b,1,2r,ld 7\
        c,1,1v,le 7d,1,2r,le 7e,1,1v,lj 7f,1,2r,lj 7g,1,1v,lo 7h,1,2r,lo 7i,1,1w,lo 7j,1,2s,lo 7m,1,1x,lg 7n,1,2t,lg 7o,\
        1,1x,li 7p,1,2t,li 7q,1,1x,lj 7r,1,2t,lj 7s,1,1x,mg 7t,1,2t,mg 7u,1,1x,lo 7v,1,2t,lo 7w,1,1z,le 7x,1,2v,le 7y,1,\
        1z,li 7z,1,2v,li 80,1,1z,lj 81,1,2v,lj 82,1,1z,mf 83,1,2v,mf 84,1,20,le 85,1,2w,le 88,1,21,lf 89,1,2x,lf 8a,1,21\
        ,lg 8b,1,2x,lg 8c,1,21,li 8d,1,2x,li 8e,1,21,mg 8f,1,2x,mg 8g,1,21,lj 8k,1,22,le 8l,1,2y,le 8m,1,23,mf 8n,1,2z,m\
        f 8p,1,24,ld 8q,1,30,ld 8r,1,24,mf 8s,1,30,mf 8t,1,24,lo 8u,1,30,lo 8z,1,26,ld 90,1,32,ld 91,1,26,mf 92,1,32,mf \
        93,1,26,lo 94,1,32,lo 98,1,27,lg 99,1,33,lg 9a,1,27,li 9b,1,33,li 9c,1,27,ln 9d,1,33,ln 9g,1,2a,ld 9h,1,36,ld 9i\
        ,1,2a,mf 9j,1,36,mf 9k,1,2a,lo 9l,1,36,lo 9m,1,2b,ld 9n,1,37,ld 9o,1,2b,le 9p,1,37,le 9q,1,2b,mf 9r,1,37,mf 9s,1\
        ,2b,lo 9t,1,37,lo 9u,1,2c,mf 9v,1,38,mf 9w,1,2c,lo 9x,1,38,lo a0,1,2d,lf a1,1,39,lf a2,1,2d,lg a3,1,39,lg a4,1,2\
        d,li a5,1,39,li a6,1,2d,lm a7,1,39,lm a8,1,2d,ln a9,1,39,ln aa,1,2d,mg ab,1,39,mg ac,1,2f,le ad,1,3b,le ae,1,2h,\
        le af,1,3d,le ag,1,2h,lk ah,1,2i,ld ai,1,3e,ld aj,1,2i,lj ak,1,3e,lj al,1,2i,lo am,1,3e,lo bk,1,27,m3 bl,1,33,m3\
         bz,1,2d,m3 c0,1,39,m3 ct,1,1t,lo cu,1,2p,lo cv,1,21,lo cw,1,2x,lo cx,1,27,lo cy,1,33,lo cz,1,2d,lo d0,1,39,lo d\
        1,1,2d,lk,lg d2,1,39,lk,lg d3,1,2d,lk,ld d4,1,39,lk,ld d5,1,2d,lk,lo d6,1,39,lk,lo d7,1,2d,lk,lc d8,1,39,lk,lc d\
        a,1,1t,lk,lg db,1,2p,lk,lg dc,1,1t,lj,lg dd,1,2p,lj,lg de,1,5i,lg df,1,6e,lg di,1,1z,lo dj,1,2v,lo dk,1,23,lo dl\
        ,1,2z,lo dm,1,27,mg dn,1,33,mg do,1,27,mg,lg dp,1,33,mg,lg dq,1,c7,lo dr,1,ia,lo ds,1,2y,lo dw,1,1z,ld dx,1,2v,l\
        d e0,1,26,lc e1,1,32,lc e2,1,1t,lm,ld e3,1,2p,lm,ld e4,1,5i,ld e5,1,6e,ld e6,1,60,ld e7,1,6w,ld e8,1,1t,lr e9,1,\
        2p,lr ea,1,1t,lt eb,1,2p,lt ec,1,1x,lr ed,1,2t,lr ee,1,1x,lt ef,1,2t,lt eg,1,21,lr eh,1,2x,lr ei,1,21,lt ej,1,2x\
        ,lt ek,1,27,lr el,1,33,lr em,1,27,lt en,1,33,lt eo,1,2a,lr ep,1,36,lr eq,1,2a,lt er,1,36,lt es,1,2d,lr et,1,39,l\
        r eu,1,2d,lt ev,1,39,lt ew,1,2b,me ex,1,37,me ey,1,2c,me ez,1,38,me f2,1,20,lo f3,1,2w,lo fa,1,1t,lj fb,1,2p,lj \
        fc,1,1x,mf fd,1,2t,mf fe,1,27,lk,lg ff,1,33,lk,lg fg,1,27,lf,lg fh,1,33,lf,lg fi,1,27,lj fj,1,33,lj fk,1,27,lj,l\
        g fl,1,33,lj,lg fm,1,2h,lg fn,1,3d,lg n4,2,lc n7,1,lv n8,1,lk,ld ok,1,jd ou,1,1n p1,1,4o,ld p2,1,pd,ld p3,1,53 p\
        4,1,ph,ld p5,1,pj,ld p6,1,pl,ld p8,1,pr,ld pa,1,px,ld pb,1,q1,ld pc,1,qh,lk,ld q2,1,pl,lk q3,1,px,lk q4,1,q9,ld \
        q5,1,qd,ld q6,1,qf,ld q7,1,qh,ld q8,1,qt,lk,ld qy,1,qh,lk qz,1,qt,lk r0,1,qn,ld r1,1,qt,ld r2,1,qx,ld r7,1,r6,ld\
         r8,1,r6,lk sg,1,t1,lc sh,1,t1,lk sj,1,sz,ld sn,1,sm,lk ss,1,t6,ld st,1,t4,lc su,1,tf,li t5,1,t4,li u1,1,u0,li u\
        o,1,tx,lc up,1,tx,lk ur,1,tv,ld uv,1,uu,lk v0,1,u2,ld v1,1,u0,lc v2,1,ub,li vq,2,vo,lr xt,1,t2,li xu,1,ty,li y8,\
        1,sw,li y9,1,ts,li ya,1,sw,lk yb,1,ts,lk ye,1,t1,li yf,1,tx,li yi,2,yg,lk yk,1,t2,lk yl,1,ty,lk ym,1,t3,lk yn,1,\
        tz,lk yq,1,t4,lg yr,1,u0,lg ys,1,t4,lk yt,1,u0,lk yu,1,ta,lk yv,1,u6,lk yy,2,yw,lk z0,1,tp,lk z1,1,ul,lk z2,1,tf\
        ,lg z3,1,ub,lg z4,1,tf,lk z5,1,ub,lk z6,1,tf,ln z7,1,ub,ln z8,1,tj,lk z9,1,uf,lk zc,1,tn,lk zd,1,uj,lk 17m,1,17r\
        ,18z 17n,1,17r,190 17o,1,18o,190 17p,1,17r,191 17q,1,18q,190 1c0,1,1cl,190 1c2,1,1c1,190 1cj,1,1ci,190 1t5,1,1t4\
        ,1to 1td,1,1tc,1to 1tg,1,1tf,1to 1ug,3,1sl,1to 1uj,1,1ss,1to 1uk,2,1sx,1to 1um,1,1t7,1to 1un,1,1tb,1to 1xn,1,1xj\
        ,1xa 1xo,1,1xj,1xz 1y4,2,1wh,1x8 1y7,1,1wv,1x8 20j,1,20i,20s 20m,1,20o,20s 21l,2,1zq,20s 21n,1,1zw,20s 21q,1,20b\
        ,20s 288,1,287,28m 28b,1,287,27y 28c,1,287,28n 28s,2,275,27w 2ac,1,2aa,2c7 2bu,2,2bq,2bi 2bw,1,2bq,2c7 2fc,1,2fa\
        ,2fq 2io,1,2in,2j9 2iv,1,2iu,2j9 2iw,1,2iu,2ja 2iy,1,2iu,2iq 2iz,1,2iu,2iq,2j9 2mi,2,2me,2m6 2mk,1,2me,2mv 2qi,1\
        ,2qh,2q2 2qk,1,2qh,2q7 2ql,1,2qh,2q7,2q2 2qm,1,2qh,2qn 30j,1,30i,33r 30t,1,30s,33r 30y,1,30x,33r 313,1,312,33r 3\
        18,1,317,33r 31l,1,30g,33p 31v,1,31t,31u 31x,1,31t,31w 31y,1,33m,328 320,1,33n,328 329,1,31t,328 32r,1,32q,33r 3\
        31,1,330,33r 336,1,335,33r 33b,1,33a,33r 33g,1,33f,33r 33t,1,32o,33p 36u,1,36t,372 5c6,1,5c5,5dh 5c8,1,5c7,5dh 5\
        ca,1,5c9,5dh 5cc,1,5cb,5dh 5ce,1,5cd,5dh 5ci,1,5ch,5dh 5dn,1,5dm,5dh 5dp,1,5do,5dh 5ds,2,5dq,5dh 5dv,1,5du,5dh 5\
        xc,1,1t,md 5xd,1,2p,md 5xe,1,1u,lj 5xf,1,2q,lj 5xg,1,1u,mb 5xh,1,2q,mb 5xi,1,1u,mp 5xj,1,2q,mp 5xk,1,1v,mf,ld 5x\
        l,1,2r,mf,ld 5xm,1,1w,lj 5xn,1,2s,lj 5xo,1,1w,mb 5xp,1,2s,mb 5xq,1,1w,mp 5xr,1,2s,mp 5xs,1,1w,mf 5xt,1,2s,mf 5xu\
        ,1,1w,ml 5xv,1,2s,ml 5xw,1,1x,lg,lc 5xx,1,2t,lg,lc 5xy,1,1x,lg,ld 5xz,1,2t,lg,ld 5y0,1,1x,ml 5y1,1,2t,ml 5y2,1,1\
        x,mo 5y3,1,2t,mo 5y4,1,1x,mf,li 5y5,1,2t,mf,li 5y6,1,1y,lj 5y7,1,2u,lj 5y8,1,1z,lg 5y9,1,2v,lg 5ya,1,20,lj 5yb,1\
        ,2w,lj 5yc,1,20,mb 5yd,1,2w,mb 5ye,1,20,lk 5yf,1,2w,lk 5yg,1,20,mf 5yh,1,2w,mf 5yi,1,20,mm 5yj,1,2w,mm 5yk,1,21,\
        mo 5yl,1,2x,mo 5ym,1,21,lk,ld 5yn,1,2x,lk,ld 5yo,1,23,ld 5yp,1,2z,ld 5yq,1,23,mb 5yr,1,2z,mb 5ys,1,23,mp 5yt,1,2\
        z,mp 5yu,1,24,mb 5yv,1,30,mb 5yw,1,24,mb,lg 5yx,1,30,mb,lg 5yy,1,24,mp 5yz,1,30,mp 5z0,1,24,ml 5z1,1,30,ml 5z2,1\
        ,25,ld 5z3,1,31,ld 5z4,1,25,lj 5z5,1,31,lj 5z6,1,25,mb 5z7,1,31,mb 5z8,1,26,lj 5z9,1,32,lj 5za,1,26,mb 5zb,1,32,\
        mb 5zc,1,26,mp 5zd,1,32,mp 5ze,1,26,ml 5zf,1,32,ml 5zg,1,27,lf,ld 5zh,1,33,lf,ld 5zi,1,27,lf,lk 5zj,1,33,lf,lk 5\
        zk,1,27,lg,lc 5zl,1,33,lg,lc 5zm,1,27,lg,ld 5zn,1,33,lg,ld 5zo,1,28,ld 5zp,1,34,ld 5zq,1,28,lj 5zr,1,34,lj 5zs,1\
        ,2a,lj 5zt,1,36,lj 5zu,1,2a,mb 5zv,1,36,mb 5zw,1,2a,mb,lg 5zx,1,36,mb,lg 5zy,1,2a,mp 5zz,1,36,mp 600,1,2b,lj 601\
        ,1,37,lj 602,1,2b,mb 603,1,37,mb 604,1,2b,ld,lj 605,1,37,ld,lj 606,1,2b,lo,lj 607,1,37,lo,lj 608,1,2b,mb,lj 609,\
        1,37,mb,lj 60a,1,2c,lj 60b,1,38,lj 60c,1,2c,mb 60d,1,38,mb 60e,1,2c,mp 60f,1,38,mp 60g,1,2c,ml 60h,1,38,ml 60i,1\
        ,2d,mc 60j,1,39,mc 60k,1,2d,mo 60l,1,39,mo 60m,1,2d,ml 60n,1,39,ml 60o,1,2d,lf,ld 60p,1,39,lf,ld 60q,1,2d,lg,lk \
        60r,1,39,lg,lk 60s,1,2e,lf 60t,1,3a,lf 60u,1,2e,mb 60v,1,3a,mb 60w,1,2f,lc 60x,1,3b,lc 60y,1,2f,ld 60z,1,3b,ld 6\
        10,1,2f,lk 611,1,3b,lk 612,1,2f,lj 613,1,3b,lj 614,1,2f,mb 615,1,3b,mb 616,1,2g,lj 617,1,3c,lj 618,1,2g,lk 619,1\
        ,3c,lk 61a,1,2h,lj 61b,1,3d,lj 61c,1,2i,le 61d,1,3e,le 61e,1,2i,mb 61f,1,3e,mb 61g,1,2i,mp 61h,1,3e,mp 61i,1,2w,\
        mp 61j,1,38,lk 61k,1,3b,lm 61l,1,3d,lm 61n,1,an,lj 61s,1,1t,mb 61t,1,2p,mb 61u,1,1t,ll 61v,1,2p,ll 61w,1,1t,le,l\
        d 61x,1,2p,le,ld 61y,1,1t,le,lc 61z,1,2p,le,lc 620,1,1t,le,ll 621,1,2p,le,ll 622,1,1t,le,lf 623,1,2p,le,lf 624,1\
        ,1t,mb,le 625,1,2p,mb,le 626,1,1t,li,ld 627,1,2p,li,ld 628,1,1t,li,lc 629,1,2p,li,lc 62a,1,1t,li,ll 62b,1,2p,li,\
        ll 62c,1,1t,li,lf 62d,1,2p,li,lf 62e,1,1t,mb,li 62f,1,2p,mb,li 62g,1,1x,mb 62h,1,2t,mb 62i,1,1x,ll 62j,1,2t,ll 6\
        2k,1,1x,lf 62l,1,2t,lf 62m,1,1x,le,ld 62n,1,2t,le,ld 62o,1,1x,le,lc 62p,1,2t,le,lc 62q,1,1x,le,ll 62r,1,2t,le,ll\
         62s,1,1x,le,lf 62t,1,2t,le,lf 62u,1,1x,mb,le 62v,1,2t,mb,le 62w,1,21,ll 62x,1,2x,ll 62y,1,21,mb 62z,1,2x,mb 630\
        ,1,27,mb 631,1,33,mb 632,1,27,ll 633,1,33,ll 634,1,27,le,ld 635,1,33,le,ld 636,1,27,le,lc 637,1,33,le,lc 638,1,2\
        7,le,ll 639,1,33,le,ll 63a,1,27,le,lf 63b,1,33,le,lf 63c,1,27,mb,le 63d,1,33,mb,le 63e,1,27,m3,ld 63f,1,33,m3,ld\
         63g,1,27,m3,lc 63h,1,33,m3,lc 63i,1,27,m3,ll 63j,1,33,m3,ll 63k,1,27,m3,lf 63l,1,33,m3,lf 63m,1,27,m3,mb 63n,1,\
        33,m3,mb 63o,1,2d,mb 63p,1,39,mb 63q,1,2d,ll 63r,1,39,ll 63s,1,2d,m3,ld 63t,1,39,m3,ld 63u,1,2d,m3,lc 63v,1,39,m\
        3,lc 63w,1,2d,m3,ll 63x,1,39,m3,ll 63y,1,2d,m3,lf 63z,1,39,m3,lf 640,1,2d,m3,mb 641,1,39,m3,mb 642,1,2h,lc 643,1\
        ,3d,lc 644,1,2h,mb 645,1,3d,mb 646,1,2h,ll 647,1,3d,ll 648,1,2h,lf 649,1,3d,lf 64g,1,q9,lv 64h,1,q9,lw 64i,1,q9,\
        lv,lc 64j,1,q9,lw,lc 64k,1,q9,lv,ld 64l,1,q9,lw,ld 64m,1,q9,lv,n6 64n,1,q9,lw,n6 64o,1,pd,lv 64p,1,pd,lw 64q,1,p\
        d,lv,lc 64r,1,pd,lw,lc 64s,1,pd,lv,ld 64t,1,pd,lw,ld 64u,1,pd,lv,n6 64v,1,pd,lw,n6 64w,1,qd,lv 64x,1,qd,lw 64y,1\
        ,qd,lv,lc 64z,1,qd,lw,lc 650,1,qd,lv,ld 651,1,qd,lw,ld 654,1,ph,lv 655,1,ph,lw 656,1,ph,lv,lc 657,1,ph,lw,lc 658\
        ,1,ph,lv,ld 659,1,ph,lw,ld 65c,1,qf,lv 65d,1,qf,lw 65e,1,qf,lv,lc 65f,1,qf,lw,lc 65g,1,qf,lv,ld 65h,1,qf,lw,ld 6\
        5i,1,qf,lv,n6 65j,1,qf,lw,n6 65k,1,pj,lv 65l,1,pj,lw 65m,1,pj,lv,lc 65n,1,pj,lw,lc 65o,1,pj,lv,ld 65p,1,pj,lw,ld\
         65q,1,pj,lv,n6 65r,1,pj,lw,n6 65s,1,qh,lv 65t,1,qh,lw 65u,1,qh,lv,lc 65v,1,qh,lw,lc 65w,1,qh,lv,ld 65x,1,qh,lw,\
        ld 65y,1,qh,lv,n6 65z,1,qh,lw,n6 660,1,pl,lv 661,1,pl,lw 662,1,pl,lv,lc 663,1,pl,lw,lc 664,1,pl,lv,ld 665,1,pl,l\
        w,ld 666,1,pl,lv,n6 667,1,pl,lw,n6 668,1,qn,lv 669,1,qn,lw 66a,1,qn,lv,lc 66b,1,qn,lw,lc 66c,1,qn,lv,ld 66d,1,qn\
        ,lw,ld 66g,1,pr,lv 66h,1,pr,lw 66i,1,pr,lv,lc 66j,1,pr,lw,lc 66k,1,pr,lv,ld 66l,1,pr,lw,ld 66o,1,qt,lv 66p,1,qt,\
        lw 66q,1,qt,lv,lc 66r,1,qt,lw,lc 66s,1,qt,lv,ld 66t,1,qt,lw,ld 66u,1,qt,lv,n6 66v,1,qt,lw,n6 66x,1,px,lw 66z,1,p\
        x,lw,lc 671,1,px,lw,ld 673,1,px,lw,n6 674,1,qx,lv 675,1,qx,lw 676,1,qx,lv,lc 677,1,qx,lw,lc 678,1,qx,lv,ld 679,1\
        ,qx,lw,ld 67a,1,qx,lv,n6 67b,1,qx,lw,n6 67c,1,q1,lv 67d,1,q1,lw 67e,1,q1,lv,lc 67f,1,q1,lw,lc 67g,1,q1,lv,ld 67h\
        ,1,q1,lw,ld 67i,1,q1,lv,n6 67j,1,q1,lw,n6 67k,1,q9,lc 67l,1,q9,ld 67m,1,qd,lc 67n,1,qd,ld 67o,1,qf,lc 67p,1,qf,l\
        d 67q,1,qh,lc 67r,1,qh,ld 67s,1,qn,lc 67t,1,qn,ld 67u,1,qt,lc 67v,1,qt,ld 67w,1,qx,lc 67x,1,qx,ld 680,1,q9,lv,n9\
         681,1,q9,lw,n9 682,1,q9,lv,lc,n9 683,1,q9,lw,lc,n9 684,1,q9,lv,ld,n9 685,1,q9,lw,ld,n9 686,1,q9,lv,n6,n9 687,1,\
        q9,lw,n6,n9 688,1,pd,lv,n9 689,1,pd,lw,n9 68a,1,pd,lv,lc,n9 68b,1,pd,lw,lc,n9 68c,1,pd,lv,ld,n9 68d,1,pd,lw,ld,n\
        9 68e,1,pd,lv,n6,n9 68f,1,pd,lw,n6,n9 68g,1,qf,lv,n9 68h,1,qf,lw,n9 68i,1,qf,lv,lc,n9 68j,1,qf,lw,lc,n9 68k,1,qf\
        ,lv,ld,n9 68l,1,qf,lw,ld,n9 68m,1,qf,lv,n6,n9 68n,1,qf,lw,n6,n9 68o,1,pj,lv,n9 68p,1,pj,lw,n9 68q,1,pj,lv,lc,n9 \
        68r,1,pj,lw,lc,n9 68s,1,pj,lv,ld,n9 68t,1,pj,lw,ld,n9 68u,1,pj,lv,n6,n9 68v,1,pj,lw,n6,n9 68w,1,qx,lv,n9 68x,1,q\
        x,lw,n9 68y,1,qx,lv,lc,n9 68z,1,qx,lw,lc,n9 690,1,qx,lv,ld,n9 691,1,qx,lw,ld,n9 692,1,qx,lv,n6,n9 693,1,qx,lw,n6\
        ,n9 694,1,q1,lv,n9 695,1,q1,lw,n9 696,1,q1,lv,lc,n9 697,1,q1,lw,lc,n9 698,1,q1,lv,ld,n9 699,1,q1,lw,ld,n9 69a,1,\
        q1,lv,n6,n9 69b,1,q1,lw,n6,n9 69c,1,q9,li 69d,1,q9,lg 69e,1,q9,lc,n9 69f,1,q9,n9 69g,1,q9,ld,n9 69i,1,q9,n6 69j,\
        1,q9,n6,n9 69k,1,pd,li 69l,1,pd,lg 69m,1,pd,lc 69n,1,pd,ld 69o,1,pd,n9 69q,1,qh 69t,1,4o,n6 69u,1,qf,lc,n9 69v,1\
        ,qf,n9 69w,1,qf,ld,n9 69y,1,qf,n6 69z,1,qf,n6,n9 6a0,1,ph,lc 6a1,1,ph,ld 6a2,1,pj,lc 6a3,1,pj,ld 6a4,1,pj,n9 6a5\
        ,1,69r,lc 6a6,1,69r,ld 6a7,1,69r,n6 6a8,1,qh,li 6a9,1,qh,lg 6aa,1,qh,lk,lc 6ab,1,qh,lk,ld 6ae,1,qh,n6 6af,1,qh,l\
        k,n6 6ag,1,pl,li 6ah,1,pl,lg 6ai,1,pl,lc 6aj,1,pl,ld 6al,1,6bi,lc 6am,1,6bi,ld 6an,1,6bi,n6 6ao,1,qt,li 6ap,1,qt\
        ,lg 6aq,1,qt,lk,lc 6ar,1,qt,lk,ld 6as,1,qp,lv 6at,1,qp,lw 6au,1,qt,n6 6av,1,qt,lk,n6 6aw,1,px,li 6ax,1,px,lg 6ay\
        ,1,px,lc 6az,1,px,ld 6b0,1,pt,lw 6b1,1,4o,lc 6b2,1,4o,ld 6b3,1,2o 6b6,1,qx,lc,n9 6b7,1,qx,n9 6b8,1,qx,ld,n9 6ba,\
        1,qx,n6 6bb,1,qx,n6,n9 6bc,1,pr,lc 6bd,1,pr,ld 6be,1,q1,lc 6bf,1,q1,ld 6bg,1,q1,n9 6bh,1,50 6bk,2,6bm 6jq,1,q1 6\
        ju,1,23 6jv,1,1t,lm 6my,1,6mo,mw 6mz,1,6mq,mw 6ni,1,6ms,mw 6od,1,6og,mw 6oe,1,6ok,mw 6of,1,6oi,mw 6pw,1,6pv,mw 6\
        q1,1,6q0,mw 6q4,1,6q3,mw 6qs,1,6qr,mw 6qu,1,6qt,mw 6rl,1,6rg,mw 6ro,1,6rn,mw 6rr,1,6rp,mw 6rt,1,6rs,mw 6sg,1,1p,\
        mw 6si,1,6sh,mw 6st,1,6rx,mw 6su,1,1o,mw 6sv,1,1q,mw 6sw,2,6sk,mw 6t0,2,6sy,mw 6t4,2,6t2,mw 6tc,2,6t6,mw 6tg,2,6\
        te,mw 6tk,2,6ti,mw 6uk,1,6ua,mw 6ul,2,6ug,mw 6un,1,6uj,mw 6w0,2,6t8,mw 6w2,2,6tt,mw 6wa,4,6uq,mw 6y1,2,9hk 8gs,1\
        ,8gt,mw 9jg,1,9jf,9ll 9ji,1,9jh,9ll 9jk,1,9jj,9ll 9jm,1,9jl,9ll 9jo,1,9jn,9ll 9jq,1,9jp,9ll 9js,1,9jr,9ll 9ju,1,\
        9jt,9ll 9jw,1,9jv,9ll 9jy,1,9jx,9ll 9k0,1,9jz,9ll 9k2,1,9k1,9ll 9k5,1,9k4,9ll 9k7,1,9k6,9ll 9k9,1,9k8,9ll 9kg,1,\
        9kf,9ll 9kh,1,9kf,9lm 9kj,1,9ki,9ll 9kk,1,9ki,9lm 9km,1,9kl,9ll 9kn,1,9kl,9lm 9kp,1,9ko,9ll 9kq,1,9ko,9lm 9ks,1,\
        9kr,9ll 9kt,1,9kr,9lm 9lg,1,9ja,9ll 9lq,1,9lp,9ll 9m4,1,9m3,9ll 9m6,1,9m5,9ll 9m8,1,9m7,9ll 9ma,1,9m9,9ll 9mc,1,\
        9mb,9ll 9me,1,9md,9ll 9mg,1,9mf,9ll 9mi,1,9mh,9ll 9mk,1,9mj,9ll 9mm,1,9ml,9ll 9mo,1,9mn,9ll 9mq,1,9mp,9ll 9mt,1,\
        9ms,9ll 9mv,1,9mu,9ll 9mx,1,9mw,9ll 9n4,1,9n3,9ll 9n5,1,9n3,9lm 9n7,1,9n6,9ll 9n8,1,9n6,9lm 9na,1,9n9,9ll 9nb,1,\
        9n9,9lm 9nd,1,9nc,9ll 9ne,1,9nc,9lm 9ng,1,9nf,9ll 9nh,1,9nf,9lm 9o4,1,9ly,9ll 9o7,4,9nz,9ll 9oe,1,9od,9ll 1d6o,1\
        ,rpk 1d6p,1,kc4 1d6q,1,s7e 1d6r,1,rt4 1d6s,1,lw1 1d6t,1,fg2 1d6u,1,gkl 1d6v,1,vj0 1d6w,1,vj0 1d6x,1,hn5 1d6y,1,s\
        sx 1d6z,1,gw7 1d70,1,hmw 1d71,1,jcm 1d72,1,ne1 1d73,1,p6t 1d74,1,qin 1d75,1,qt6 1d76,1,r20 1d77,1,sjz 1d78,1,kxu\
         1d79,1,ljv 1d7a,1,mah 1d7b,1,mvy 1d7c,1,q4d 1d7d,1,sq2 1d7e,1,uep 1d7f,1,fia 1d7g,1,ghh 1d7h,1,l50 1d7i,1,mjf 1\
        d7j,1,qi5 1d7k,1,v8e 1d7l,1,ifk 1d7m,1,m3v 1d7n,1,qfh 1d7o,1,r50 1d7p,1,jih 1d7q,1,pnc 1d7r,1,qvz 1d7s,1,iq2 1d7\
        t,1,kd3 1d7u,1,lm2 1d7v,1,mpo 1d7w,1,slq 1d7x,1,fpi 1d7y,1,g53 1d7z,1,gda 1d80,1,jwk 1d81,1,l3n 1d82,1,mj4 1d83,\
        1,nhj 1d84,1,pa9 1d85,1,qh2 1d86,1,qjg 1d87,1,s1b 1d88,1,tv6 1d89,1,upb 1d8a,1,v7e 1d8b,1,nt8 1d8c,1,nzz 1d8d,1,\
        otc 1d8e,1,q15 1d8f,1,t1g 1d8g,1,vb3 1d8h,1,rfa 1d8i,1,hjz 1d8j,1,iro 1d8k,1,okg 1d8l,1,pdq 1d8m,1,mle 1d8n,1,nu\
        y 1d8o,1,rsy 1d8p,1,ttj 1d8q,1,hjs 1d8r,1,i8y 1d8s,1,kyb 1d8t,1,lp6 1d8u,1,lxr 1d8v,1,oq7 1d8w,1,oxj 1d8x,1,tor \
        1d8y,1,gcy 1d8z,1,pe3 1d90,1,g64 1d91,1,g5o 1d92,1,o4c 1d93,1,ou6 1d94,1,q29 1d95,1,tpx 1d96,1,rk0 1d97,1,jin 1d\
        98,1,kxu 1d99,1,rge 1d9a,1,fg9 1d9b,1,i5j 1d9c,1,iz6 1d9d,1,mtj 1d9e,1,n74 1d9f,1,gev 1d9g,1,nwb 1d9h,1,fr3 1d9i\
        ,1,iw9 1d9j,1,ff1 1d9k,1,lho 1d9l,1,k1k 1d9m,1,opu 1d9n,1,gjn 1d9o,1,hge 1d9p,1,ni9 1d9q,1,q4p 1d9r,1,re2 1d9s,1\
        ,la2 1d9t,1,sds 1d9u,1,lfs 1d9v,1,jjy 1d9w,1,put 1d9x,1,jog 1d9y,1,n6t 1d9z,1,fji 1da0,1,g2x 1da1,1,g5l 1da2,1,k\
        n5 1da3,1,oo7 1da4,1,prj 1da5,1,rf6 1da6,1,ssv 1da7,1,gdx 1da8,1,gn6 1da9,1,ho3 1daa,1,ir0 1dab,1,k3p 1dac,1,m4e\
         1dad,1,nxm 1dae,1,tkd 1daf,1,ui2 1dag,1,vbr 1dah,1,vda 1dai,1,gbf 1daj,1,kau 1dak,1,l87 1dal,1,sbm 1dam,1,ino 1\
        dan,1,j9s 1dao,1,jcw 1dap,1,jve 1daq,1,lyb 1dar,1,mdl 1das,1,n0p 1dat,1,o22 1dau,1,ovo 1dav,1,pdb 1daw,1,s9y 1da\
        x,1,q9a 1day,1,sgz 1daz,1,t3e 1db0,1,g7r 1db1,1,gbn 1db2,1,gql 1db3,1,ma0 1db4,1,r0i 1db5,1,re2 1db6,1,iq1 1db7,\
        1,iyd 1db8,1,jnf 1db9,1,l9q 1dba,1,oji 1dbb,1,mt1 1dbc,1,fl0 1dbd,1,h6h 1dbe,1,i5j 1dbf,1,iii 1dbg,1,izg 1dbh,1,\
        muq 1dbi,1,mzt 1dbj,1,p7e 1dbk,1,pc6 1dbl,1,svo 1dbm,1,tti 1dbn,1,tvs 1dbo,1,u1k 1dbp,1,fpn 1dbq,1,o1a 1dbr,1,ss\
        4 1dbs,1,trs 1dbt,1,j4x 1dbu,1,fie 1dbv,1,fyy 1dbw,1,i5q 1dbx,1,i7z 1dby,1,k2h 1dbz,1,kxu 1dc0,1,mha 1dc1,1,ncy \
        1dc2,1,q9o 1dc3,1,sjg 1dc4,1,vil 1dc5,1,k94 1dc6,1,tny 1dc7,1,gax 1dc8,1,kfv 1dc9,1,kj7 1dca,1,lkx 1dcb,1,luk 1d\
        cc,1,mx5 1dcd,1,n6h 1dce,1,nsb 1dcf,1,opc 1dcg,1,u3i 1dch,1,g31 1dci,1,je6 1dcj,1,tq0 1dck,1,fu3 1dcl,1,ie1 1dcm\
        ,1,lpm 1dcn,1,sa2 1dco,1,ivf 1dcp,1,j7o 1dcq,1,kk7 1dcr,1,mtj 1dcs,1,tqe 1dct,1,g89 1dcu,1,glr 1dcv,1,i91 1dcw,1\
        ,k5v 1dcx,1,kem 1dcy,1,ko8 1dcz,1,lid 1dd0,1,mx2 1dd1,1,naa 1dd2,1,p6h 1dd3,1,r0v 1dd4,1,r1d 1dd5,1,sss 1dd6,1,t\
        sy 1dd7,1,gfz 1dd8,1,lve 1dd9,1,gm5 1dda,1,mhc 1ddb,1,n14 1ddc,1,qgq 1ddd,1,tr7 1dde,1,uvr 1ddf,1,vbz 1ddg,1,kgn\
         1ddh,1,lor 1ddi,1,pns 1ddj,1,o97 1ddk,1,obk 1ddl,1,olu 1ddm,1,mo0 1ddn,1,m8p 1ddo,1,riw 1ddp,1,fk0 1ddq,1,px2 1\
        ddr,1,g8q 1dds,1,g7b 1ddt,1,ip2 1ddu,1,jir 1ddv,1,onq 1ddw,1,i2t 1ddx,1,ljy 1ddy,1,kac 1ddz,1,saj 1de0,1,qx8 1de\
        1,1,tot 1de2,1,r63 1de3,1,iqb 1de4,1,g1s 1de5,1,gxs 1de8,1,hga 1dea,1,k8k 1ded,1,g66 1dee,1,mqy 1def,1,ngq 1deg,\
        1,ny4 1deh,1,nz2 1dei,1,nz9 1dej,1,o0f 1dek,1,tw6 1del,1,on2 1dem,1,p8d 1deo,1,qhe 1deq,1,rg8 1det,1,shk 1deu,1,\
        sn1 1dey,1,u7j 1dez,1,u7w 1df0,1,u94 1df1,1,v5g 1df2,1,sm6 1df3,1,trr 1df4,1,fqm 1df5,1,fzb 1df6,1,g25 1df7,1,gc\
        p 1df8,1,gdg 1df9,1,ggh 1dfa,1,gwt 1dfb,1,gzq 1dfc,1,h2g 1dfd,1,hfk 1dfe,1,hig 1dff,1,i90 1dfg,1,i9a 1dfh,1,j2s \
        1dfi,1,j8o 1dfj,1,j9q 1dfk,1,jci 1dfl,1,k0f 1dfm,1,k4i 1dfn,1,k9d 1dfo,1,kn9 1dfp,1,lmf 1dfq,1,lqy 1dfr,1,lya 1d\
        fs,1,mem 1dft,1,mjv 1dfu,1,mxu 1dfv,1,ntd 1dfw,1,ny6 1dfx,1,nyh 1dfy,1,nyg 1dfz,1,nyo 1dg0,1,nyu 1dg1,1,nz1 1dg2\
        ,2,o0d 1dg4,1,o5c 1dg5,1,o75 1dg6,1,og0 1dg7,1,ovo 1dg8,1,ow9 1dg9,1,oxt 1dga,1,p6a 1dgb,1,pad 1dgc,1,pnx 1dgd,1\
        ,prt 1dge,1,prt 1dgf,1,q53 1dgg,1,r2o 1dgh,1,r6e 1dgi,1,rgh 1dgj,1,ri1 1dgk,1,rtf 1dgl,1,ruw 1dgm,1,sdy 1dgn,1,s\
        hk 1dgo,1,tsz 1dgp,1,u0v 1dgq,1,u2j 1dgr,1,j1x 1dgs,1,36cu 1dgt,1,pp4 1dgw,1,ffq 1dgx,1,g51 1dgy,1,g2w 1dgz,1,fp\
        c 1dh0,1,g1x 1dh1,1,g3k 1dh2,1,gcn 1dh3,1,ge2 1dh4,1,gwt 1dh5,1,gut 1dh6,1,gwp 1dh7,1,gyq 1dh8,1,hga 1dh9,1,hir \
        1dha,1,hms 1dhb,1,hn8 1dhc,1,huq 1dhd,1,i08 1dhe,1,iqa 1dhf,1,iqh 1dhg,1,iuh 1dhh,1,iwd 1dhi,1,j4o 1dhj,1,j7y 1d\
        hk,1,j60 1dhl,1,j9q 1dhm,1,j8g 1dhn,1,jci 1dho,1,jec 1dhp,1,jpg 1dhq,1,jrw 1dhr,1,jte 1dhs,1,k0m 1dht,1,k8k 1dhu\
        ,1,kd3 1dhv,1,kd7 1dhw,1,keu 1dhx,1,l89 1dhy,1,la2 1dhz,1,lkx 1di0,1,lwb 1di1,1,lvv 1di2,1,lya 1di3,1,m5a 1di4,1\
        ,mem 1di5,1,nmv 1di6,1,mk5 1di7,1,mnj 1di8,1,mqy 1di9,1,n01 1dia,1,n46 1dib,1,n5n 1dic,1,nbx 1did,1,nbz 1die,1,n\
        gq 1dif,1,nh7 1dig,1,nhw 1dih,1,nka 1dii,1,nk0 1dij,1,nv0 1dik,1,o8h 1dil,1,og0 1dim,1,ol7 1din,1,orf 1dio,1,ovo\
         1dip,1,p4u 1diq,1,pad 1dir,1,pxu 1dis,1,q27 1dit,1,qrd 1diu,1,r41 1div,1,r5y 1diw,1,r6e 1dix,1,ren 1diy,1,rg8 1\
        diz,1,rez 1dj0,1,rgh 1dj1,1,rge 1dj2,1,rfx 1dj3,1,ri1 1dj4,1,rka 1dj5,1,ruw 1dj6,1,sag 1dj7,1,sj6 1dj8,1,srd 1dj\
        9,1,sxi 1dja,1,tq4 1djb,1,tsz 1djc,1,tw6 1djd,1,tzv 1dje,1,u0v 1djf,1,u17 1djg,1,u2j 1djh,1,umq 1dji,1,vj0 1djj,\
        1,313e 1djk,1,3138 1djl,1,33dh 1djm,1,brx 1djn,1,cns 1djo,1,cop 1djp,1,39e1 1djq,1,3bgw 1djr,1,3i6r 1djs,1,vgj 1\
        djt,1,vim 1dlp,1,15l,14k 1dlr,1,16a,14n 1dm2,1,161,14x 1dm3,1,161,14y 1dm4,1,161,14s,14x 1dm5,1,161,14s,14y 1dm6\
        ,1,15c,14n 1dm7,1,15c,14o 1dm8,7,15c,14s 1dmg,5,15k,14s 1dmm,1,15q,14s 1dmo,2,15s,14s 1dmr,2,15v,14s 1dmu,5,15y,\
        14s 1dmz,1,15h,14p 1dn0,1,15d,14v 1dn1,1,15n,14v 1dn2,1,15w,14v 1hui,1,1huh,1hve 1huk,1,1huj,1hve 1huz,1,1hut,1h\
        ve 1hym,2,1hyp,1hyf 1idn,1,1idj,1ida 1ido,1,1idj,1idz 1inv,1,1int,1inu 1inw,1,1int,1ink 1iny,1,1int,1inx 1iuy,2,\
        1iuw,1iun 2jxa,2,2jx3,2jxh 2jxc,1,2jx4,2jxh,2jxq 2jxd,1,2jx4,2jxh,2jxr 2jxe,1,2jx4,2jxh,2jxs 2jxf,1,2jx4,2jxh,2j\
        xt 2jxg,1,2jx4,2jxh,2jxu 2jzv,2,2jzt,2jxh 2jzx,2,2jzt,2jxh,2jxq 2jzz,2,2jzt,2jxh,2jxr 464g,1,fgd 464h,1,fg8 464i\
        ,1,fgh 464j,1,2tcy 464k,1,fog 464l,1,fqm 464m,1,fqz 464n,1,fsy 464o,1,fwa 464p,1,fx5 464q,1,fzb 464r,1,fyn 464s,\
        1,ae6 464t,1,2ud6 464u,1,g25 464v,1,g2c 464w,1,g2s 464x,1,g3b 464y,1,2u58 464z,1,aex 4650,1,g2v 4651,1,g3x 4652,\
        1,2u6j 4653,1,g47 4654,1,g4k 4655,1,fkc 4656,1,g4s 4657,1,g51 4658,1,3ly7 4659,1,g6t 465a,1,g77 465b,1,afz 465c,\
        1,g8r 465d,1,g92 465e,1,gaa 465f,1,gaf 465g,1,ahh 465h,1,gcn 465i,1,gcp 465j,1,gdg 465k,1,ge2 465l,2,ged 465n,1,\
        gev 465o,1,gg9 465p,1,ggh 465q,1,ggq 465r,1,ghf 465s,1,ghp 465t,1,ghr 465u,1,ghr 465v,1,ghr 465w,1,2v58 465x,1,m\
        7k 465y,1,gju 465z,1,gkf 4660,1,2vdv 4661,1,gkr 4662,1,gkx 4663,1,gli 4664,1,gpq 4665,1,gmw 4666,1,gnc 4667,1,go\
        8 4668,1,gpu 4669,1,gs6 466a,1,gsw 466b,1,gur 466c,1,gv7 466d,1,gw4 466e,1,gw4 466f,1,gwp 466g,1,gx7 466h,1,gxf \
        466i,1,gxu 466j,1,h7a 466k,1,gzq 466l,1,h7b 466m,1,h1t 466n,1,h2s 466o,1,g7b 466p,1,hke 466q,1,hce 466r,1,hdg 46\
        6s,1,he5 466t,1,haj 466u,1,hf6 466v,1,hf5 466w,1,hik 466x,1,2x9g 466y,1,hki 466z,1,hkn 4670,1,hl2 4671,1,hlm 467\
        2,1,hlu 4673,1,hnm 4674,1,2xm0 4675,1,2xnu 4676,1,hrg 4677,1,hsr 4678,1,ht3 4679,1,hqw 467a,1,huu 467b,1,aum 467\
        c,1,av0 467d,1,hzc 467e,1,i0u 467f,1,i0u 467g,1,2y88 467h,1,i4j 467i,1,i54 467j,1,i5j 467k,1,i5v 467l,1,2yhk 467\
        m,1,i67 467n,1,i6e 467o,1,itv 467p,1,i76 467q,1,ayp 467r,1,i8w 467s,1,i9a 467t,1,ibk 467u,1,ia5 467v,1,2z1g 467w\
        ,1,if7 467x,1,2z1i 467y,1,ige 467z,1,igb 4680,1,igs 4681,2,ijl 4683,1,b3j 4684,1,ikd 4685,1,ilk 4686,1,im5 4687,\
        1,ind 4688,1,b4y 4689,1,2zr7 468a,1,b5o 468b,1,ipc 468c,1,ipf 468d,1,ipi 468e,1,iq2 468f,1,3pg2 468g,1,iri 468h,\
        1,3035 468i,1,3035 468j,1,poh 468k,1,isi 468l,1,isi 468m,1,b7r 468n,1,335k 468o,1,3cgq 468p,1,iua 468q,1,iuj 468\
        r,1,b8j 468s,1,ivu 468t,1,ix9 468u,1,ixj 468v,1,iyh 468w,1,j29 468x,1,bay 468y,1,ba4 468z,1,j2s 4690,1,30t0 4691\
        ,1,j47 4692,1,j7s 4693,1,j7w 4694,1,j7y 4695,1,j7w 4696,1,j96 4697,1,j9q 4698,1,jaq 4699,1,jac 469a,1,jan 469b,1\
        ,jby 469c,1,jci 469d,1,jcm 469e,1,jdc 469f,1,jdn 469g,1,jfh 469h,1,jht 469i,1,jis 469j,1,jm8 469k,1,31n0 469l,1,\
        jlp 469m,1,jjw 469n,1,jmw 469o,1,jnn 469p,1,jqc 469q,1,31td 469r,1,js2 469s,1,jph 469t,1,jop 469u,1,bhq 469v,1,j\
        u1 469w,1,jum 469x,1,jvh 469y,1,juf 469z,1,bjg 46a0,1,k0f 46a1,1,k18 46a2,1,32mi 46a3,1,k4j 46a4,1,kc8 46a5,1,k7\
        d 46a6,1,bo9 46a7,1,k9d 46a8,1,bns 46a9,1,bms 46aa,1,g42 46ab,1,g45 46ac,1,kcg 46ad,1,k9o 46ae,1,pf1 46af,1,deh \
        46ag,1,kd3 46ah,1,kd7 46ai,1,kdd 46aj,1,kf2 46ak,1,ker 46al,1,33cz 46am,1,bpl 46an,1,kje 46ao,1,kg5 46ap,1,klu 4\
        6aq,1,kn9 46ar,1,33hp 46as,1,kni 46at,1,kkf 46au,1,kr8 46av,1,brx 46aw,1,ksi 46ax,1,kv7 46ay,1,kx6 46az,1,l2g 46\
        b0,1,33xf 46b1,1,l3v 46b2,1,bvc 46b3,1,l5t 46b4,1,34br 46b5,1,l78 46b6,1,bwu 46b7,1,l82 46b8,1,l9b 46b9,2,la2 46\
        bb,1,34p9 46bc,1,2yvf 46bd,1,34sa 46be,1,le6 46bf,1,354s 46bg,1,lhb 46bh,1,lhp 46bi,1,lev 46bj,1,ljq 46bk,1,lku \
        46bl,1,lmf 46bm,1,lkx 46bn,1,lm1 46bo,1,lmg 46bp,1,lmt 46bq,1,357i 46br,1,lkk 46bs,1,lrj 46bt,1,lta 46bu,1,c37 4\
        6bv,1,lvv 46bw,1,lvr 46bx,1,35jl 46by,1,lq1 46bz,1,m0e 46c0,1,35ni 46c1,1,35ou 46c2,1,m2u 46c3,1,m61 46c4,1,m5a \
        46c5,1,m57 46c6,1,c5y 46c7,1,m6i 46c8,1,m7x 46c9,1,m7r 46ca,1,m99 46cb,1,2u5h 46cc,1,mdh 46cd,1,368z 46ce,1,mfw \
        46cf,1,36i3 46cg,1,mjs 46ch,1,mk5 46ci,1,mkw 46cj,1,36yw 46ck,1,mm8 46cl,1,mmt 46cm,1,3779 46cn,1,37dg 46co,1,mt\
        6 46cp,1,mtn 46cq,1,cdo 46cr,1,mud 46cs,1,ce0 46ct,1,ce0 46cu,1,myv 46cv,1,mzg 46cw,1,n01 46cx,1,n0l 46cy,1,n2i \
        46cz,1,cgr 46d0,1,n50 46d1,1,386u 46d2,1,n5q 46d3,1,389e 46d4,1,n74 46d5,1,2zrz 46d6,1,nbk 46d7,1,38v5 46d8,1,38\
        vs 46d9,1,38zo 46da,1,cn0 46db,1,cnc 46dc,1,nhw 46dd,1,394j 46de,1,394i 46df,1,395l 46dg,1,396b 46dh,2,nj2 46dj,\
        1,nj3 46dk,1,nka 46dl,1,cop 46dm,1,nm3 46dn,1,cp2 46do,1,cra 46dp,1,39r1 46dq,1,nri 46dr,1,nt8 46ds,1,nv0 46dt,1\
        ,ctf 46du,1,3a5i 46dv,1,nyu 46dw,1,3a8q 46dx,1,3a9x 46dy,1,o0f 46dz,1,o2z 46e0,1,cvj 46e1,1,o5c 46e2,1,o5m 46e3,\
        1,o5r 46e4,1,3at8 46e5,1,3b1j 46e6,1,3b1j 46e7,1,oa6 46e8,1,d1e 46e9,1,3b8r 46ea,1,og6 46eb,1,og9 46ec,1,d2f 46e\
        d,1,3beo 46ee,1,onm 46ef,1,d5s 46eg,1,oo8 46eh,1,oo3 46ei,1,oow 46ej,1,3c06 46ek,1,orn 46el,1,d8h 46em,1,ouf 46e\
        n,1,ow2 46eo,1,oxx 46ep,1,d9w 46eq,1,3ciw 46er,1,3cjr 46es,1,dax 46et,1,3cnt 46eu,1,p6i 46ev,1,3cqm 46ew,1,p79 4\
        6ex,1,pa2 46ey,1,pad 46ez,1,3d22 46f0,1,3d43 46f1,1,pcw 46f2,1,3d7s 46f3,1,pdc 46f4,1,33a7 46f5,1,ded 46f6,1,pf6\
         46f7,1,phf 46f8,1,dfv 46f9,1,pj2 46fa,1,hx1 46fb,1,3dlz 46fc,1,3dmd 46fd,1,33bn 46fe,1,33bw 46ff,1,poh 46fg,1,p\
        ok 46fh,1,sda 46fi,1,dij 46fj,1,psh 46fk,1,psb 46fl,1,pst 46fm,1,gc3 46fn,1,ptd 46fo,1,ptf 46fp,1,ptp 46fq,1,puu\
         46fr,1,3ebg 46fs,1,put 46ft,1,pwd 46fu,1,pyb 46fv,1,q0d 46fw,1,pwj 46fx,1,q0t 46fy,1,q1z 46fz,1,q53 46g0,1,pxv \
        46g1,1,q16 46g2,1,q18 46g3,1,q1o 46g4,1,3eie 46g5,1,3eqz 46g6,1,3emt 46g7,1,dnv 46g8,1,q9d 46g9,1,q9f 46ga,1,qae\
         46gb,1,3g0a 46gc,1,qck 46gd,1,3f3g 46ge,1,dp9 46gf,1,dpd 46gg,1,3f75 46gh,1,3ff6 46gi,1,dpn 46gj,1,qj4 46gk,1,q\
        jg 46gl,1,qjr 46gm,1,qjt 46gn,1,qll 46go,1,qko 46gp,1,qoe 46gq,1,qn6 46gr,1,qrd 46gs,1,qp4 46gt,1,qqz 46gu,1,qrq\
         46gv,1,dsn 46gw,1,qu9 46gx,1,qv5 46gy,1,dtl 46gz,1,qxs 46h0,1,qxv 46h1,1,3giv 46h2,1,r13 46h3,1,r1a 46h4,1,dv9 \
        46h5,1,r22 46h6,1,aez 46h7,1,3gz2 46h8,1,3h46 46h9,1,dz2 46ha,1,dzb 46hb,1,rds 46hc,1,rfx 46hd,1,rka 46he,1,rpx \
        46hf,1,3hrc 46hg,1,rsb 46hh,1,rsx 46hi,1,rvf 46hj,1,rxz 46hk,1,3i9b 46hl,1,2upw 46hm,1,s0b 46hn,1,rzw 46ho,1,s1c\
         46hp,1,2uvy 46hq,1,s7o 46hr,1,sag 46hs,1,3jki 46ht,1,3jl9 46hu,1,sk4 46hv,1,smp 46hw,1,snl 46hx,1,3ju6 46hy,1,s\
        nv 46hz,1,svs 46i0,2,t07 46i2,1,sxo 46i3,1,t89 46i4,1,t91 46i5,1,3ksa 46i6,1,tjf 46i7,1,ej9 46i8,1,tkn 46i9,1,3l\
        2v 46ia,1,eli 46ib,1,ts3 46ic,1,iia 46id,1,tur 46ie,1,3ltx 46if,1,3lzu 46ig,1,epa 46ih,1,epi 46ii,1,u00 46ij,1,3\
        mdm 46ik,1,er6 46il,1,3mhi 46im,1,u17 46in,1,u17 46io,1,u21 46ip,1,3mpi 46iq,1,u76 46ir,1,eur 46is,1,u95 46it,1,\
        ucn 46iu,1,ude 46iv,1,uf2 46iw,1,ez2 46ix,1,3nsg 46iy,1,umq 46iz,1,uv4 46j0,1,v0d 46j1,1,f66 46j2,1,f71 46j3,1,v\
        3b 46j4,1,3owe 46j5,1,f7c 46j6,1,3oxx 46j7,1,3p5a 46j8,1,3p8x 46j9,1,vcr 46ja,1,f9y 46jb,1,veh 46jc,1,vem 46jd,1\
        ,vet 46je,1,vf3 46jf,1,vfa 46jg,1,vgb 46jh,1,3pxc
        """

    /// Characters that are never composed again.
    static let excluded: StaticString = """
        n4-n5 n7-n8 ok ou p3 1ug-1un 1y4-1y5 1y7 20j 20m 21l-21n 21q 28s-28t 30j 30t 30y 313 318 31l 31v 31x-31y 320 329\
         32r 331 336 33b 33g 33t 67l 67n 67p 67r 67t 67v 67x 69n 69q 6a1 6a3 6ab 6aj 6ar 6az 6b2-6b3 6bd 6bf 6bh 6bk-6bl\
         6jq 6ju-6jv 6y1-6y2 8gs 1d6o-1de5 1de8 1dea 1ded-1dem 1deo 1deq 1det-1deu 1dey-1dgt 1dgw-1djt 1dlp 1dlr 1dm2-1d\
        me 1dmg-1dmk 1dmm 1dmo-1dmp 1dmr-1dms 1dmu-1dn2 2jxa-2jxg 2jzv-2k00 464g-46jh
        """

    /// Canonical combining classes that are not zero, Unicode 9.
    static let classes: StaticString = """
        1,ms-mw,5p0,5pe-5pk,6he-6hf,6hk-6hm,6hx-6hy,6i2-6i3,1gl5,1zow-1zp0,2ftq,2jxj-2jxl 7,1to,1x8,20s,24c,27w,2ik,37b,\
        5dg,5ie,5kn,xir,1hve,1i0j,1i2y,1i5y,1iax,1id8,1ikm,1io3,1iv4,1j1z,2one 8,9ll-9lm 9,1u5,1xp,219,24t,28d,2bx,2fh,2\
        j1,2ml,2q2,2t6,32c,37d-37e,4k4,4l0,4pe,57k,5dw,5gq-5gr,5iq-5ir,8zj,x6u,xc4,xg3,xj4,xrq,xyl,1glb,1hs6,1htr,1hvd,1\
        hyr-1hys,1i2o,1i5x,1iay,1idp,1iki,1io2,1iv3,1iyn,1j1y,1j57,1k5b 10,14g 11,14h 12,14i 13,14j 14,14k 15,14l 16,14m\
         17,14n 18,14o,153 19,14p-14q 20,14r 21,14s 22,14t 23,14v 24,14x 25,14y 26,1dlq 27,18r,1rk 28,18s,1rl 29,18t,1rm\
         30,17c,18u 31,17d,18v 32,17e,18w 33,18x 34,18y 35,19s 36,1e9 84,2fp 91,2fq 103,2t4-2t5 107,2tk-2tn 118,2wo-2wp \
        122,2x4-2x7 129,31t 130,31u,322-325,328 132,31w 202,m9-ma,mf-mg,5w0 214,5vy 216,m3,309,2jxh-2jxi,2jxq-2jxu 218,9\
        ii 220,ly-m1,m4-m8,mb-me,mh-mr,mx-n0,nb-nd,nh-ni,nn-nq,nt-nu,13l,13q,13v,142-147,14a,151,191-192,198,19b,1cz,1d6\
        ,1d9,1f5,1f8,1fb-1fd,1ff-1fg,1fi,1fm,1fo,1fq,1fs,1ki,1nd-1nf,1r7,1ra,1rd,1rh-1rj,1rq,1rt-1ru,1ua,2zc-2zd,305,307\
        ,346,39p,4zf,55k,58f,59x-5a2,5a5,5f0,5p1-5p5,5p8-5pb,5pp,5vm,5vu,5vz,5x9,5xb,6i0,6i4-6i7,xez-xf1,xpw,1e7b-1e7h,1\
        eyl,1f4w,1gjx,1gl6,1gpy,2jy3-2jya,2jyi-2jyj,2ok0-2ok6 222,13u,14d,4zd,9il 224,9im-9in 226,2jxp 228,14e,4vd,9ij 2\
        30,lc-lw,n1-n3,n6,na,ne-ng,nk-nm,nr,nv,o3-of,w3-w7,13m-13p,13r-13t,13w-141,148-149,14b-14c,14f,150,174-17b,18z-1\
        90,193-197,199-19a,1cm-1cs,1cv-1cy,1d0,1d3-1d4,1d7-1d8,1f4,1f6-1f7,1f9-1fa,1fe,1fh,1fj-1fl,1fn,1fp,1fr,1ft-1fu,1\
        kb-1kh,1kj,1li-1ll,1ln-1lv,1lx-1lz,1m1-1m5,1qs-1r5,1r8-1r9,1rb-1rc,1re-1rg,1rn-1rp,1rr-1rs,1rv-1rz,1u9,1ub-1uc,3\
        2a-32b,32e-32f,3tp-3tr,4pp,4ze,55j,585-58c,59s-59w,5a3-5a4,5ez,5f1-5f7,5ow-5oy,5p6-5p7,5pc,5pw,5q0-5q1,5vk-5vl,5\
        vn-5vt,5vv-5vw,5w1-5x1,5x7,5xa,6hc-6hd,6hg-6hj,6hn-6ho,6ht,6hz,6i1,6i8,8vj-8vl,928-933,wvj,wvo-wvx,wwu-wwv,wz4-w\
        z5,xcw-xdd,xps,xpu-xpv,xpz-xq0,xq6-xq7,xq9,1e74-1e7a,1e7i-1e7j,1f92-1f96,1gjz,1gl4,1gpx,1hxc-1hxe,1iee-1iek,1ieo\
        -1ies,1zqo-1zqu,2jyd-2jyh,2jze-2jzh,2k3m-2k3o,2mtc-2mti,2mtk-2mu0,2mu3-2mu9,2mub-2muc,2mue-2mui,2on8-2ond 232,lx\
        ,m2,ns,9ik 233,nw,nz,o2,5x8 234,nx-ny,o0-o1,5vx 240,n9
        """
}
